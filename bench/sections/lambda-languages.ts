import { readFileSync } from 'node:fs';
import { IDS, PAYLOAD } from '../harness/requests.ts';
import { median, quantile, ratioOf } from '../harness/statistics.ts';
import { asShipped, type Code, writeCode } from '../lambda/builds.ts';
import { durationAt, MEMORY_SIZES, operations, perMillion, type Prices, readPrices } from '../lambda/cost.ts';
import { openResolvers } from '../lambda/resolver-run.ts';
import { buildRust } from '../lambda/tools.ts';
import {
  COLD_IDLE_MS,
  type ColdStart,
  coldStart,
  openFunctions,
  openWorkbench,
  product,
  withCode,
  type Workbench,
} from '../lambda/workbench.ts';
import type { BenchContext, Section, SectionResult, Table } from '../section.ts';

const COLD_ROUNDS = 25;
const QUICK_COLD_ROUNDS = 3;
const WARM_CALLS = 2_000;
const QUICK_WARM_CALLS = 100;
/** Calls by one contender before it is the next one's turn. */
const BLOCK = 20;

export const ENGINE = 'DynamoDB call alone';
export const RESOLVER = 'JS resolver, no Lambda';
export const TYPESCRIPT = 'TypeScript Lambda, plain put';
export const VALIDATING = 'TypeScript Lambda, validating';
export const RUST = 'Rust Lambda, plain put';

/** What one contender showed; a function has cold starts and code, the others have not. */
export interface Figures {
  name: string;
  cold: ColdStart[];
  /** Milliseconds of each warm call, those of the same index in the same turn. */
  warm: number[];
  code: Code | null;
}

type Event = (id: string) => unknown;

/** Section D: the same item put by a resolver, by TypeScript and by Rust. */
export const lambdaLanguages: Section = {
  name: 'lambda-languages',
  title: 'Three ways to put an item: a resolver, TypeScript and Rust',
  slow: true,
  async run(context) {
    const rust = await buildRust(context);
    const bench = await openWorkbench(context);
    try {
      const skipped = 'skipped' in rust ? [rust.skipped] : [];
      const functions = functionsOf(context, bench, 'skipped' in rust ? null : rust.bootstrap);
      const cold = await measureCold(context, bench, functions);
      const warm = await measureWarm(context, bench, functions);
      const figures = [...warm].map(([name, times]) => ({
        name,
        cold: cold.get(name) ?? [],
        warm: times,
        code: functions.find((one) => one.name === name)?.code ?? null,
      }));
      const prices = readPrices();
      if (!prices) {
        skipped.push('cost: there is no docs/prices.json');
      }
      return languagesResult(figures, prices, skipped);
    } finally {
      await bench.close();
    }
  },
};

interface FunctionUnderTest {
  name: string;
  code: Code;
  model: ReturnType<typeof withCode>;
  event: Event;
  isRight(payload: unknown): boolean;
}

const gatewayEvent: Event = (id) => ({ pathParameters: { id }, body: JSON.stringify(PAYLOAD) });
const isStored = (payload: unknown): boolean => (payload as { statusCode?: number }).statusCode === 200;
const hasItem = (payload: unknown): boolean => 'item' in (payload as object);

function functionsOf(
  { scratch }: BenchContext,
  { shipped }: Workbench,
  bootstrap: string | null,
): FunctionUnderTest[] {
  const plain = asShipped(scratch, 'plain', 'bench/peers/lambda-plain-put/handler.ts');
  const validating = asShipped(scratch, 'validating', 'functions/put-validated-item/handler.ts');
  const functions: FunctionUnderTest[] = [
    {
      name: TYPESCRIPT,
      code: plain,
      model: withCode(shipped, 'plain', plain),
      event: gatewayEvent,
      isRight: isStored,
    },
    {
      name: VALIDATING,
      code: validating,
      model: withCode(shipped, 'validating', validating),
      event: product,
      isRight: hasItem,
    },
  ];
  if (bootstrap === null) {
    return functions;
  }
  const rust = writeCode(scratch, 'rust', 'bootstrap', readFileSync(bootstrap));
  const model = { ...withCode(shipped, 'rust', rust), runtime: 'provided.al2023', handler: 'bootstrap' };
  return [...functions, { name: RUST, code: rust, model, event: gatewayEvent, isRight: isStored }];
}

/** Also asks each plain function for what it must refuse: contenders that do not do the same are not compared. */
async function measureCold(
  { quick, progress }: BenchContext,
  bench: Workbench,
  functions: FunctionUnderTest[],
): Promise<Map<string, ColdStart[]>> {
  const cold = new Map<string, ColdStart[]>(functions.map(({ name }) => [name, []]));
  const rounds = quick ? QUICK_COLD_ROUNDS : COLD_ROUNDS;
  const open = await openFunctions(
    bench,
    functions.map(({ model }) => model),
    COLD_IDLE_MS,
  );
  try {
    for (let round = 0; round <= rounds; round += 1) {
      progress(`cold round ${round} of ${rounds}`);
      for (const { name, model, event, isRight } of round % 2 ? functions : functions.toReversed()) {
        const start = await coldStart(open, model.arn, event(`cold-${round}-${model.functionName}`), isRight);
        if (round > 0) {
          cold.get(name)!.push(start);
        }
      }
    }
    for (const { name, model } of functions.filter(({ name }) => name !== VALIDATING)) {
      const refusal = await open.host.invoke(model.arn, { pathParameters: { id: ' ' }, body: '{}' });
      const expected = { statusCode: 400, body: '{"message":"id is required"}' };
      if (refusal.kind !== 'answer' || JSON.stringify(refusal.payload) !== JSON.stringify(expected)) {
        throw new Error(`${name} answered a blank id with ${JSON.stringify(refusal)}`);
      }
    }
  } finally {
    await open.host.close();
  }
  return cold;
}

/** All contenders in turn, a block of calls each. */
async function measureWarm(
  { quick, progress }: BenchContext,
  bench: Workbench,
  functions: FunctionUnderTest[],
): Promise<Map<string, number[]>> {
  const open = await openFunctions(
    bench,
    functions.map(({ model }) => model),
  );
  const { client, app } = bench;
  const TableName = app.tables.find(({ logicalId }) => logicalId.includes('Items'))!.tableName;
  const resolve = openResolvers(bench, open.host.invoke);
  const calls: [name: string, call: (id: string) => Promise<unknown>][] = [
    [ENGINE, (id) => client.call('PutItem', { TableName, Item: { id: { S: id }, payload: STORED } })],
    [RESOLVER, (id) => resolve('Mutation.putItem', { input: { id, payload: PAYLOAD } })],
    ...functions.map(({ name, model, event, isRight }): [string, (id: string) => Promise<unknown>] => [
      name,
      async (id) => {
        const result = await open.host.invoke(model.arn, event(id));
        if (result.kind !== 'answer' || !isRight(result.payload)) {
          throw new Error(`${name} answered ${JSON.stringify(result).slice(0, 300)}`);
        }
      },
    ]),
  ];
  const warm = new Map<string, number[]>(calls.map(([name]) => [name, []]));
  const wanted = quick ? QUICK_WARM_CALLS : WARM_CALLS;
  try {
    for (let turn = -2; turn * BLOCK < wanted; turn += 1) {
      progress(`warm ${Math.max(0, turn) * BLOCK} of ${wanted} calls`);
      // Each contender keeps its items in its own way, so none writes another's.
      for (const [which, [name, call]] of calls.entries()) {
        for (let index = 0; index < BLOCK; index += 1) {
          const id = `${IDS[(turn + 2) % IDS.length]}-${index}-${which}`;
          const begun = performance.now();
          await call(id);
          if (turn >= 0) {
            warm.get(name)!.push(performance.now() - begun);
          }
        }
      }
    }
  } finally {
    await open.host.close();
  }
  return warm;
}

/** `PAYLOAD` in DynamoDB's JSON. */
const STORED = attribute(PAYLOAD);

function attribute(value: unknown): Record<string, unknown> {
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'number') {
    return { N: String(value) };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (Array.isArray(value)) {
    return { L: value.map(attribute) };
  }
  return {
    M: Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, attribute(one)])),
  };
}

/** The figures in tables. @param prices null for no table of costs */
export function languagesResult(figures: Figures[], prices: Prices | null, skipped: string[]): SectionResult {
  const functions = figures.filter(({ cold }) => cold.length > 0);
  return {
    tables: [
      coldTable(functions),
      warmTable(figures),
      ...claimTables(figures),
      ...(prices ? [costTable(figures, prices)] : []),
    ],
    targets: [],
    plots: [
      {
        kind: 'bars',
        file: 'put-an-item-cold',
        title: 'Putting an item at a cold start: from spawn to the answer',
        unit: 'ms',
        bars: functions.map(({ name, cold }) => ({
          label: name,
          value: median(cold.map(({ answer }) => answer)),
          ...(name === VALIDATING && { ours: true }),
        })),
      },
      {
        kind: 'bars',
        file: 'put-an-item-warm',
        title: 'Putting an item, warm: median',
        unit: 'ms',
        bars: figures.map(({ name, warm }) => ({
          label: name,
          value: median(warm),
          ...((name === RESOLVER || name === VALIDATING) && { ours: true }),
        })),
      },
    ],
    skipped,
    samples: Object.fromEntries(figures.map(({ name, cold, warm }) => [name, { cold, warm: shape(warm) }])),
  };
}

const shape = (values: number[]) => ({
  calls: values.length,
  quantiles: Object.fromEntries([0, 0.1, 0.5, 0.9, 0.99, 1].map((share) => [share, quantile(values, share)])),
});

const coldTable = (functions: Figures[]): Table => ({
  title: 'Cold: from spawning the process to the answer',
  columns: ['', 'answer, ms', 'fastest, ms', 'init, ms', 'peak memory, MB', 'code, KB', 'zipped, KB'],
  rows: functions.map(({ name, cold, code }) => [
    name,
    median(cold.map(({ answer }) => answer)),
    Math.min(...cold.map(({ answer }) => answer)),
    median(cold.map(({ init }) => init)),
    medianOf(cold.map(({ memoryMb }) => memoryMb)),
    code!.bytes / 1024,
    code!.zipped / 1024,
  ]),
  notes: [
    `${functions[0]?.cold.length ?? 0} rounds, in turn, Node.js ${process.versions.node}; medians. A resolver without Lambda has no cold start of its own.`,
    'DynamoDB is a process beside it, over plain HTTP: a TLS handshake, which each function makes on AWS, is in none of these.',
  ],
});

const warmTable = (figures: Figures[]): Table => ({
  title: 'Warm: one call after the other',
  columns: ['', 'p50, ms', 'p99, ms', "p50 without DynamoDB's own time, ms"],
  rows: figures.map(({ name, warm }) => [
    name,
    median(warm),
    quantile(warm, 0.99),
    name === ENGINE ? '–' : Math.max(0, median(warm) - waitingOf(figures)),
  ]),
  notes: [
    'The shipped resolver counts versions and keeps createdAt, the validating function reads the item first and writes a transaction: both do more than the two plain puts, which do the same.',
    'A call of a function goes through the Runtime API, as on AWS; the resolver and the DynamoDB call are made in this process.',
  ],
});

const waitingOf = (figures: Figures[]): number => median(figures.find(({ name }) => name === ENGINE)!.warm);

/** Which part of "Rust is at least twice as fast" holds; no table where there is no Rust. */
function claimTables(figures: Figures[]): Table[] {
  const rust = figures.find(({ name }) => name === RUST);
  const typescript = figures.find(({ name }) => name === TYPESCRIPT);
  if (!rust || !typescript) {
    return [];
  }
  const waiting = waitingOf(figures);
  const without = ({ warm }: Figures): number => Math.max(0.001, median(warm) - waiting);
  const cold = (read: (start: ColdStart) => number | undefined): number =>
    ratioOf(
      typescript.cold.map((start) => read(start) ?? NaN),
      rust.cold.map((start) => read(start) ?? NaN),
    );
  const claims: [string, number][] = [
    ['cold, spawn to answer', cold(({ answer }) => answer)],
    ['cold, init alone', cold(({ init }) => init)],
    ['warm p50, DynamoDB included', median(typescript.warm) / median(rust.warm)],
    ["warm p50, without DynamoDB's own time", without(typescript) / without(rust)],
    ['warm p99, DynamoDB included', quantile(typescript.warm, 0.99) / quantile(rust.warm, 0.99)],
    ['peak memory', cold(({ memoryMb }) => memoryMb)],
  ];
  return [
    {
      title: 'Is Rust at least twice as fast as TypeScript, on like work?',
      columns: ['on this path', 'TypeScript over Rust', 'at least 2'],
      rows: claims.map(([name, ratio]) => [name, ratio, ratio >= 2 ? 'yes' : 'no']),
      notes: [
        `The resolver without Lambda over Rust, warm p50, DynamoDB included: ${(median(figures.find(({ name }) => name === RESOLVER)!.warm) / median(rust.warm)).toFixed(2)}.`,
      ],
    },
  ];
}

function costTable(figures: Figures[], prices: Prices): Table {
  const waiting = waitingOf(figures);
  const functions = figures.filter(({ code }) => code !== null);
  const architectures = [
    ['arm64', 'lambdaArm64'],
    ['x86_64', 'lambdaX8664'],
  ] as const;
  const field = operations(prices);
  return {
    title: 'US dollars per million puts through AppSync, without DynamoDB',
    columns: ['', ...architectures.flatMap(([name]) => MEMORY_SIZES.map((size) => `${size} MB ${name}`))],
    rows: [
      [RESOLVER, ...architectures.flatMap(() => MEMORY_SIZES.map(() => field))],
      ...functions.map(({ name, warm }): (string | number)[] => [
        name,
        ...architectures.flatMap(([, architecture]) =>
          MEMORY_SIZES.map((size) => {
            const duration = durationAt({ total: median(warm), waiting }, size);
            return field + perMillion(prices, architecture, size, duration);
          }),
        ),
      ]),
    ],
    notes: [
      `List prices of ${prices.region} compiled on ${prices.compiled} (docs/prices.json). Of each sum ${field.toFixed(2)} is the GraphQL operation itself.`,
      'Warm p50 of this machine. Assumed: one vCPU (1,769 MB) is one core of this machine, CPU time stretches as memory shrinks below that, and DynamoDB takes as long as here. On AWS DynamoDB takes milliseconds, which all functions pay alike.',
      'Lambda bills whole milliseconds, and bills the init of a cold start as well.',
    ],
  };
}

/** `–` where the system does not tell. */
function medianOf(values: (number | undefined)[]): number | string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '–' : median(known);
}
