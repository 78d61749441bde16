import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { storedItem } from '../growth/items.ts';
import { peersTables, ROOT, startOursWithoutFeed } from '../harness/ours.ts';
import { childrenCpu } from '../harness/process-cpu.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import { timeToEnd } from '../harness/time-to-answer.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

const PLANS = { full: { rows: 50_000, rounds: 3 }, quick: { rows: 20_000, rounds: 1 } };
const PAYLOAD_BYTES = 1_000;
/** So that an export of any size stays below. */
const MEMORY_MB = 128;

export const transfer: Section = {
  name: 'transfer',
  title: 'Import and export',
  slow: true,
  run: measure,
};

const LABELS = {
  sdk: 'BatchWriteItem by the SDK, one request after the other',
  import: 'npm run import',
  export: 'npm run export',
};
type Command = keyof typeof LABELS;
const COMMANDS: Command[] = ['sdk', 'import', 'export'];

/** What one run of a command came to. */
interface Sample {
  command: Command;
  round: number;
  rowsPerSecond: number;
  peakMb: number;
  /** CPU of the engine, in µs. */
  enginePerRow: number;
  /** The share of the time in which the engine was at work on one core. */
  engineBusy: number;
}

async function measure(context: BenchContext): Promise<SectionResult> {
  if (process.platform !== 'linux') {
    const reason = 'transfer: it reads the CPU time of the engine from /proc (Linux)';
    return { tables: [], targets: [], plots: [], skipped: [reason], samples: null };
  }
  const plan = context.quick ? PLANS.quick : PLANS.full;
  const file = join(context.scratch, 'items.json');
  await writeItems(file, plan.rows);
  const samples: Sample[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    samples.push(...(await measureRound(file, plan.rows, round, context)));
  }
  return report(samples, plan.rows, statSync(file).size);
}

async function writeItems(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  for (let index = 0; index < rows; index += 1) {
    if (!out.write(`{"Item":${storedItem(index, PAYLOAD_BYTES)}}\n`)) {
      await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
}

/** New tables on one engine, without a stream: the SDK's own, and those that an import fills and an export reads. */
async function measureRound(
  file: string,
  rows: number,
  round: number,
  context: BenchContext,
): Promise<Sample[]> {
  const server = await startOursWithoutFeed(context);
  try {
    const { TABLE } = await (await peersTables(server))('bench-batch-write');
    const endpoint = /^DynamoDB URL\s+(\S+)/m.exec(server.output())![1]!;
    const programs: Record<Command, string[]> = {
      sdk: ['bench/limits/batch-write.mjs', file, endpoint, TABLE],
      import: [...script('import'), file, '--endpoint', endpoint, '--restart'],
      export: [...script('export'), `${file}.${round}`, '--endpoint', endpoint],
    };
    const engineCpu = (): number => childrenCpu(server.pid).engine;
    const samples: Sample[] = [];
    for (const command of COMMANDS) {
      context.progress(`round ${round + 1}: ${LABELS[command]}`);
      const before = engineCpu();
      const { seconds, peakMb } = await timed(programs[command], context.scratch);
      const cpu = engineCpu() - before;
      samples.push({
        ...{ command, round, peakMb },
        rowsPerSecond: rows / seconds,
        enginePerRow: cpu / rows,
        engineBusy: cpu / 1e6 / seconds,
      });
    }
    return samples;
  } finally {
    await server.stop();
  }
}

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** What an npm script gives to Node.js. */
const script = (name: string): string[] => scripts[name]!.split(' ').slice(1);

const REPORT_PEAK = pathToFileURL(join(ROOT, 'bench', 'harness', 'report-peak.mjs')).href;
/** Node.js counts in KiB, pages in MB. */
const MB_PER_KIB = 1024 / 1e6;

async function timed(program: string[], scratch: string): Promise<{ seconds: number; peakMb: number }> {
  const PEAK_FILE = join(scratch, 'peak');
  const milliseconds = await timeToEnd({
    command: process.execPath,
    arguments: ['--import', REPORT_PEAK, ...program],
    directory: ROOT,
    environment: { PEAK_FILE },
  });
  return { seconds: milliseconds / 1000, peakMb: Number(readFileSync(PEAK_FILE, 'utf8')) * MB_PER_KIB };
}

function report(samples: Sample[], rows: number, bytes: number): SectionResult {
  const of = (command: Command, value: (sample: Sample) => number): number[] =>
    samples.filter((sample) => sample.command === command).map(value);
  const rate = (command: Command): number[] => of(command, ({ rowsPerSecond }) => rowsPerSecond);
  const peak = (command: Command): number => Math.max(...of(command, ({ peakMb }) => peakMb));
  return {
    tables: [
      {
        title: `${rows.toLocaleString('en-US')} items, ${Math.round(bytes / 1e6)} MB of DynamoDB JSON`,
        columns: [
          '',
          'rows/s',
          'spread',
          '× the SDK',
          'engine µs a row',
          'engine busy',
          'at most, × the SDK',
          'peak memory, MB',
        ],
        rows: COMMANDS.map((command) => [
          LABELS[command],
          median(rate(command)),
          spreadText(rate(command)),
          ratioOf(rate(command), rate('sdk')),
          median(of(command, ({ enginePerRow }) => enginePerRow)),
          `${Math.round(100 * median(of(command, ({ engineBusy }) => engineBusy)))} %`,
          ratioOf(
            of(command, ({ enginePerRow }) => 1e6 / enginePerRow),
            rate('sdk'),
          ),
          peak(command),
        ]),
        notes: [
          'From the start of the command to its end, on the embedded engine. An import checks every line before it writes one, and ' +
            'overwrites nothing; the SDK overwrites. Peak memory is the largest resident set, of which Node.js and the SDK are 66 MB before ' +
            'the first row (measured 2026-11-30).',
          '"At most" is the rate if the engine were always busy. No loader exceeds it, because the engine handles one request at a time.',
        ],
      },
    ],
    targets: [
      {
        name: 'import: rows a second relative to BatchWriteItem by the SDK',
        ratio: ratioOf(rate('import'), rate('sdk')),
        atLeast: 2,
      },
      {
        name: 'export: rows a second relative to BatchWriteItem by the SDK',
        ratio: ratioOf(rate('export'), rate('sdk')),
        atLeast: 2,
      },
      {
        name: `import: peak memory relative to ${MEMORY_MB} MB`,
        ratio: peak('import') / MEMORY_MB,
        atMost: 1,
      },
      {
        name: `export: peak memory relative to ${MEMORY_MB} MB`,
        ratio: peak('export') / MEMORY_MB,
        atMost: 1,
      },
    ],
    plots: [],
    skipped: [],
    samples,
  };
}
