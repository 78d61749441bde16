import { median, ratioOf } from '../harness/statistics.ts';
import { asShipped, type Code, emptyHandler, typical, unoptimized } from '../lambda/builds.ts';
import { installTypical } from '../lambda/tools.ts';
import {
  COLD_IDLE_MS,
  type ColdStart,
  coldStart,
  type Functions,
  openFunctions,
  openWorkbench,
  product,
  withCode,
} from '../lambda/workbench.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

const ROUNDS = 40;
const QUICK_ROUNDS = 3;
const HANDLER = 'functions/put-validated-item/handler.ts';

interface Contender {
  name: string;
  code: Code;
  samples: ColdStart[];
}

const EMPTY = 'empty handler';
const SHIPPED = 'as shipped';
const UNOPTIMIZED = 'unoptimized, SDK bundled';

/** Section E: what putValidatedItem's Lambda function costs before it does anything. */
export const coldStartSection: Section = {
  name: 'cold-start',
  title: "The Lambda function's cold start",
  async run(context) {
    const failure = context.quick ? 'zod and Powertools: no ratio needs it.' : await installTypical(context);
    const contenders = await prepare(context, failure === null);
    const bench = await openWorkbench(context);
    try {
      const models = contenders.map(({ name, code }) => withCode(bench.shipped, fileName(name), code));
      const functions = await openFunctions(bench, models, COLD_IDLE_MS);
      try {
        await measure(
          context,
          contenders,
          functions,
          models.map(({ arn }) => arn),
        );
      } finally {
        await functions.host.close();
      }
    } finally {
      await bench.close();
    }
    return coldStartResult(contenders, failure === null ? [] : [failure]);
  },
};

const fileName = (name: string): string => name.replaceAll(/\W+/g, '-');

async function prepare({ scratch, quick }: BenchContext, withTypical: boolean): Promise<Contender[]> {
  const codes: [string, Code][] = [
    [EMPTY, emptyHandler(scratch)],
    [SHIPPED, asShipped(scratch, 'shipped', HANDLER)],
    [UNOPTIMIZED, await unoptimized(scratch, 'bundled')],
    ...(quick
      ? []
      : [['unoptimized, SDK of the runtime', await unoptimized(scratch, 'runtime')] as [string, Code]]),
    ...(withTypical ? [['zod and Powertools', await typical(scratch)] as [string, Code]] : []),
  ];
  return codes.map(([name, code]) => ({ name, code, samples: [] }));
}

/** In rounds, each in the opposite order of the one before, after one that does not count. */
async function measure(
  { quick, progress }: BenchContext,
  contenders: Contender[],
  functions: Functions,
  arns: string[],
): Promise<void> {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS;
  const order = contenders.map((contender, index) => ({ contender, arn: arns[index]! }));
  for (let round = 0; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    for (const { contender, arn } of order) {
      const event = product(`cold-${round}-${order.findIndex(({ contender: one }) => one === contender)}`);
      const start = await coldStart(functions, arn, event, hasItem);
      if (round > 0) {
        contender.samples.push(start);
      }
    }
    order.reverse();
  }
}

const hasItem = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'item' in payload;

/** The figures in tables, from samples in rounds. */
export function coldStartResult(contenders: Contender[], skipped: string[]): SectionResult {
  const named = (name: string): ColdStart[] => contenders.find((one) => one.name === name)!.samples;
  const answers = (samples: ColdStart[]): number[] => samples.map(({ answer }) => answer);
  const rows = contenders.map(({ name, code, samples }) => [
    name,
    median(answers(samples)),
    Math.min(...answers(samples)),
    median(samples.map(({ init }) => init)),
    medianOf(samples.map(({ cpu }) => cpu)),
    medianOf(samples.map(({ memoryMb }) => memoryMb)),
    code.zipped / 1024,
    ratioOf(answers(samples), answers(named(EMPTY))),
  ]);
  return {
    tables: [
      {
        title: 'From spawning the process to the answer to its first put',
        columns: [
          '',
          'answer, ms',
          'fastest, ms',
          'init, ms',
          'CPU, ms',
          'memory, MB',
          'zipped, KB',
          'over the empty handler',
        ],
        rows,
        notes: [
          `${named(EMPTY).length} rounds, in turn, on Node.js ${process.versions.node}, through this project's own Lambda host; medians.`,
          'Init is the time that Lambda bills as such: from the start of the process to its first request for work. CPU is that of all its threads.',
          'The unoptimized build is the same function with esbuild’s defaults, and Ajv compiles the schemas at each start; its SDK is either in the bundle or that of the runtime.',
        ],
      },
    ],
    targets: [
      {
        name: 'as shipped: time relative to the empty handler',
        ratio: ratioOf(answers(named(SHIPPED)), answers(named(EMPTY))),
        atMost: 2,
      },
      {
        name: 'as shipped: time relative to the unoptimized build',
        ratio: ratioOf(answers(named(SHIPPED)), answers(named(UNOPTIMIZED))),
        atMost: 0.5,
      },
    ],
    plots: [
      {
        kind: 'bars',
        file: 'cold-start',
        title: 'Lambda cold start: from spawn to the first answer',
        unit: 'ms',
        bars: contenders.map(({ name, samples }) => ({
          label: name,
          value: median(answers(samples)),
          ...(name === SHIPPED && { ours: true }),
        })),
      },
    ],
    skipped,
    samples: Object.fromEntries(contenders.map(({ name, samples }) => [name, samples])),
  };
}

/** `–` where the system does not tell. */
function medianOf(values: (number | undefined)[]): number | string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '–' : median(known);
}
