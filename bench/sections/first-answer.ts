import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FirstAnswer, firstAnswer } from '../harness/first-answer.ts';
import { freePort } from '../harness/free-port.ts';
import { OUR_HEADERS, ROOT } from '../harness/ours.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import type { TimedProgram } from '../harness/time-to-answer.ts';
import { installPeers, PEERS } from '../peers.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** Rounds of each contender. */
const ROUNDS = { full: 7, quick: 1 };

export const firstAnswerSection: Section = {
  name: 'first-answer',
  title: 'From `npx` to the first correct answer, compared with other emulators of AppSync',
  slow: true,
  run: measure,
};

type Program = Omit<TimedProgram, 'answered'>;

interface Contender {
  label: string;
  ours?: true;
  headers: Record<string, string>;
  /** Before each start. */
  prepare?(): void;
  program(port: number): Promise<Program>;
}

const TEMPLATE_FIRST = 'appsync-local, SAM template, first time';
const TEMPLATE_AGAIN = 'appsync-local, SAM template, again';
const APP_FIRST = 'appsync-local, CDK app, first time';
const APP_AGAIN = 'appsync-local, CDK app, again';
const SERVERLESS = 'serverless-appsync-simulator, serverless.yml';
const SIMULATOR = 'Amplify simulator, a program of its own';

const HELLO = join(PEERS, 'hello');
const SERVERLESS_FOLDER = join(HELLO, 'serverless');
const PEER_HEADERS = { 'x-api-key': 'da2-fakeApiId123456' };

async function measure(context: BenchContext): Promise<SectionResult> {
  const { list, skipped } = await contendersOf(context);
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full;
  const samples = new Map<string, FirstAnswer[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of [...list]) {
      context.progress(`round ${round + 1} of ${rounds}: ${contender.label}`);
      try {
        samples.set(contender.label, [
          ...(samples.get(contender.label) ?? []),
          await firstAnswerOf(contender),
        ]);
      } catch (error) {
        if (contender.ours) {
          throw new Error(`${contender.label}: ${(error as Error).message}`);
        }
        // A peer that does not start is left out from now on.
        skipped.push(`${contender.label}: ${(error as Error).message}`);
        list.splice(list.indexOf(contender), 1);
        samples.delete(contender.label);
      }
    }
  }
  return { ...report(samples), skipped, samples: Object.fromEntries(samples) };
}

async function contendersOf(context: BenchContext): Promise<{ list: Contender[]; skipped: string[] }> {
  const list = oursIn(await installOurs(context));
  const skipped: string[] = [];
  const noSimulator = await installPeers(context);
  if (noSimulator) {
    skipped.push(`${SIMULATOR}: ${noSimulator}`);
  } else {
    list.push({ label: SIMULATOR, headers: PEER_HEADERS, program: simulator });
  }
  const noServerless = await installPeers(context, SERVERLESS_FOLDER);
  if (noServerless) {
    skipped.push(`${SERVERLESS}: ${noServerless}`);
  } else {
    list.push({ label: SERVERLESS, headers: PEER_HEADERS, program: serverless });
  }
  skipped.push(
    'appsync-local-server: it is not in the package registry.',
    'LocalStack: it needs Docker and an account.',
  );
  return { list, skipped };
}

/** Packs the emulator and installs it beside a copy of the app, as its users do. @returns the folder */
async function installOurs({ scratch, progress }: BenchContext): Promise<string> {
  progress('packing appsync-local and installing it');
  const run = promisify(execFile);
  const folder = join(scratch, 'hello');
  cpSync(join(HELLO, 'app'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "hello", "private": true, "type": "module" }');
  await run('npm', ['pack', '--workspace', 'appsync-local', '--pack-destination', scratch], { cwd: ROOT });
  const packed = readdirSync(scratch).find((name) => name.endsWith('.tgz'))!;
  const options = ['--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, join(scratch, packed)], { cwd: folder });
  // What the app itself needs.
  for (const name of ['aws-cdk-lib', 'constructs', 'tsx']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  const bin = join(folder, 'node_modules', '.bin', 'tsx');
  mkdirSync(join(bin, '..'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), bin);
  return folder;
}

function oursIn(folder: string): Contender[] {
  const forget = (): void => {
    for (const kept of ['.local', join('node_modules', '.cache')]) {
      rmSync(join(folder, kept), { recursive: true, force: true });
    }
  };
  const ours = (label: string, options: string[], prepare?: () => void): Contender => ({
    label,
    ours: true,
    headers: OUR_HEADERS,
    ...(prepare && { prepare }),
    program: (port) =>
      Promise.resolve({
        command: 'npx',
        arguments: ['appsync-local', ...options, '--port', String(port)],
        directory: folder,
      }),
  });
  const template = ['--template', 'template.yaml'];
  return [
    ours(TEMPLATE_FIRST, template, forget),
    ours(TEMPLATE_AGAIN, template),
    ours(APP_FIRST, [], forget),
    ours(APP_AGAIN, []),
  ];
}

const simulator = (port: number): Promise<Program> =>
  Promise.resolve({
    command: process.execPath,
    arguments: [join(HELLO, 'simulator.mjs')],
    environment: { PORT: String(port) },
  });

async function serverless(port: number): Promise<Program> {
  const ports = ['--httpPort', String(await freePort()), '--lambdaPort', String(await freePort())];
  return {
    command: 'npx',
    arguments: ['serverless', 'offline', 'start', ...ports],
    directory: SERVERLESS_FOLDER,
    environment: { PORT: String(port), WS_PORT: String(await freePort()), SLS_TELEMETRY_DISABLED: '1' },
  };
}

async function firstAnswerOf({ headers, prepare, program }: Contender): Promise<FirstAnswer> {
  prepare?.();
  const port = await freePort();
  return firstAnswer({ ...(await program(port)), answered: () => greets(port, headers) });
}

const QUERY = JSON.stringify({ query: '{ greeting(name: "Ada") }' });

async function greets(port: number, headers: Record<string, string>): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: QUERY,
    });
    const { data } = (await response.json()) as { data?: { greeting: unknown } };
    return data?.greeting === 'Hello, Ada';
  } catch {
    return false;
  }
}

function report(samples: Map<string, FirstAnswer[]>): Pick<SectionResult, 'tables' | 'targets' | 'plots'> {
  const msOf = (label: string): number[] => samples.get(label)!.map(({ ms }) => ms);
  const target = (name: string, ours: string, peer: string) =>
    samples.has(peer) ? [{ name, ratio: ratioOf(msOf(ours), msOf(peer)), atMost: 1 }] : [];
  return {
    tables: [
      {
        title: 'From the start of the process to the first correct answer',
        columns: ['', 'ms', 'spread', 'CPU s', 'peak MiB'],
        rows: [...samples].map(([label, answers]) => [
          label,
          median(msOf(label)),
          spreadText(msOf(label)),
          median(answers.map(({ cpuSeconds }) => cpuSeconds)),
          median(answers.map(({ peakMiB }) => peakMiB)),
        ]),
        notes: [
          'All run the same app, one field with a NONE data source: in JavaScript for appsync-local, packed and installed from its tarball, and in VTL for the others, which support nothing else. ' +
            '"First time" starts without `.local` and caches; it generates keys and a certificate, type-checks the code and synthesizes a CDK app. ' +
            'appsync-local also starts its DynamoDB; the others have none. ' +
            'CPU and memory are those of all processes together, until the answer; shared memory counts once for each process.',
        ],
      },
    ],
    targets: [
      ...target(
        'SAM template, first time: time relative to serverless-appsync-simulator',
        TEMPLATE_FIRST,
        SERVERLESS,
      ),
      ...target('SAM template, again: time relative to the Amplify simulator', TEMPLATE_AGAIN, SIMULATOR),
      ...target('CDK app, again: time relative to the Amplify simulator', APP_AGAIN, SIMULATOR),
    ],
    plots: [
      {
        kind: 'bars',
        file: 'first-answer',
        title: 'From npx to the first correct answer',
        unit: 'milliseconds',
        bars: [...samples.keys()].map((label) => ({
          label,
          value: median(msOf(label)),
          ...(label.startsWith('appsync-local') && { ours: true }),
        })),
      },
    ],
  };
}
