import {
  CONSTANT,
  contenders,
  type Contender,
  LEAST_TOLD,
  ONE_HOP,
  OURS_ALONE,
  OURS_WITH_FEED,
} from '../contenders.ts';
import type { LoadReport } from '../harness/load-worker.ts';
import { startLoad, type Load } from '../harness/load.ts';
import { startOurs, startOursWithoutFeed } from '../harness/ours.ts';
import { childrenCpu, type ChildrenCpu } from '../harness/process-cpu.ts';
import type { Server } from '../harness/server.ts';
import { eachStart, type Started, together } from '../harness/starts.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import { wholeWayTable } from '../put-get/whole-way-table.ts';
import { numberText } from '../report/number.ts';
import type { BenchContext, BarPlot, Section, SectionResult, Table } from '../section.ts';

type Operation = 'put' | 'get';
const OPERATIONS: Operation[] = ['put', 'get'];

interface Running extends Contender {
  server: Server;
}

/** Contenders of one start, with what they took. */
interface Measured extends Started<Running> {
  samples: Sample[];
}

/** What one round of one contender came to. */
interface Sample extends LoadReport {
  label: string;
  operation: Operation;
  connections: number;
  round: number;
  cpuPerRequest: number;
  /** µs of CPU for each request, of what the server has started; where Linux tells it, and work goes on after the answer. */
  children?: ChildrenCpu;
}

/**
 * How long to measure. Rounds are short, so that what else the machine does falls on all contenders alike. Each server is started
 * several times: what V8 makes of a program differs from start to start by more than from round to round. The CPU of a put settles after
 * 2,000 puts at the one-hop limit, and after 6,000 to 9,000 in ours with its feed (measured 2026-11-30), so a warm-up goes on for as long as
 * the CPU falls.
 */
const PLANS = {
  full: {
    starts: 3,
    connections: [1, 16, 64],
    rounds: 3,
    milliseconds: 1_500,
    warmUp: { fewestTurns: 5, mostTurns: 20, turnMs: 3_000 },
  },
  quick: {
    starts: 1,
    connections: [16],
    rounds: 3,
    milliseconds: 300,
    warmUp: { fewestTurns: 5, mostTurns: 5, turnMs: 1_400 },
  },
};

export const putGet: Section = {
  name: 'put-get',
  title: 'putItem and getItem',
  run: measure,
};

async function measure(context: BenchContext): Promise<SectionResult> {
  const plan = context.quick ? PLANS.quick : PLANS.full;
  const load = startLoad();
  try {
    const starts = await eachStart(plan.starts, context, (start, ownContext) =>
      measureStart(load, plan, start, ownContext),
    );
    const { running, skipped } = together(starts);
    const samples = starts.flatMap((one) => one.samples);
    return { ...report(running, samples, plan.connections), skipped, samples };
  } finally {
    load.stop();
  }
}

/** Starts every server, measures, and stops them. */
async function measureStart(load: Load, plan: Plan, start: number, context: BenchContext): Promise<Measured> {
  const ours = await startOurs();
  const servers: Server[] = [ours];
  try {
    const alone = await startOursWithoutFeed(context);
    servers.push(alone);
    const { list, skipped } = await contenders(ours, alone, context);
    const running: Running[] = [];
    for (const contender of list) {
      context.progress(`starting ${contender.label}`);
      try {
        const server = await contender.start();
        if (!servers.includes(server)) {
          servers.push(server);
        }
        const one = { ...contender, server };
        await warmUp(load, one, plan, context);
        await one.worksOn?.(server);
        running.push(one);
      } catch (error) {
        if (contender.kind === 'limit' || contender.ours) {
          throw error;
        }
        skipped.push(`${contender.label}: ${(error as Error).message}`);
      }
    }
    const samples = await rounds(load, running, plan, start * plan.rounds, context);
    return { running, samples, skipped };
  } finally {
    for (const server of servers.reverse()) {
      await server.stop();
    }
  }
}

type Plan = (typeof PLANS)['full'];

async function warmUp(load: Load, contender: Running, plan: Plan, context: BenchContext): Promise<void> {
  context.progress(`warming up ${contender.label}`);
  const operations = contender.onlyTargets ? (['put'] as const) : OPERATIONS;
  for (const operation of operations) {
    // Every id is written once, so that every get finds one.
    await load.run({ ...order(contender, operation, 16), requests: 1_000 });
  }
  const { fewestTurns, mostTurns, turnMs } = plan.warmUp;
  const taken: number[] = [];
  while (taken.length < fewestTurns || (taken.length < mostTurns && isFalling(taken))) {
    context.progress(`warming up ${contender.label}, turn ${taken.length + 1}`);
    const before = await contender.server.cpu();
    let requests = 0;
    // Puts and gets alternate as in rounds: without that, gets of a quick run took 1.4 times one hop instead of 1.2 (measured 2026-11-30).
    for (const operation of operations) {
      const done = await load.run({
        ...order(contender, operation, 16),
        requests: WARM_UP_REQUESTS,
        milliseconds: turnMs,
      });
      requests += done.requests;
    }
    taken.push(((await contender.server.cpu()) - before) / requests);
  }
}

/** Of each operation, in one turn. */
const WARM_UP_REQUESTS = 800;

/** Whether one of the last three turns took at least 3 % less than every turn before them. */
const isFalling = (taken: number[]): boolean =>
  Math.min(...taken.slice(-3)) < 0.97 * Math.min(...taken.slice(0, -3));

const order = ({ server, headers, constant }: Running, operation: Operation, connections: number) => ({
  url: server.url,
  headers: headers ?? {},
  constant: constant === true,
  operation,
  connections,
});

/** The number of connections that targets are about. */
const middleOf = (counts: number[]): number => (counts.includes(16) ? 16 : counts[0]!);

/** @param first number of the first round */
async function rounds(
  load: Load,
  running: Running[],
  plan: Plan,
  first: number,
  context: BenchContext,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const connections of plan.connections) {
    for (let round = 0; round < plan.rounds; round += 1) {
      // Another one begins each round, so that nobody always comes after the same neighbour.
      for (let turn = 0; turn < running.length; turn += 1) {
        const contender = running[(turn + round) % running.length]!;
        for (const operation of OPERATIONS) {
          if (contender.onlyTargets && (operation !== 'put' || connections !== middleOf(plan.connections))) {
            continue;
          }
          context.progress(
            `${connections} connections, round ${round + 1} of ${plan.rounds}: ${contender.label}, ${operation}`,
          );
          const before = await contender.server.cpu();
          const children = contender.worksOn ? startedCpu(contender) : null;
          const done = await load.run({
            ...order(contender, operation, connections),
            milliseconds: plan.milliseconds,
          });
          if (operation === 'put') {
            await contender.worksOn?.(contender.server);
          }
          const cpu = (await contender.server.cpu()) - before;
          samples.push({
            label: contender.label,
            operation,
            connections,
            round: first + round,
            ...done,
            cpuPerRequest: cpu / done.requests,
            ...(children && { children: children(done.requests) }),
          });
        }
      }
    }
  }
  return samples;
}

/** @returns what the server's functions and the engine take from now on, for each request; null where the system does not tell */
function startedCpu({ server, engineOf = server }: Running): ((requests: number) => ChildrenCpu) | null {
  if (process.platform !== 'linux') {
    return null;
  }
  const taken = (): ChildrenCpu => ({
    engine: childrenCpu(engineOf.pid).engine,
    functions: childrenCpu(server.pid).functions,
  });
  const before = taken();
  return (requests) => {
    const now = taken();
    return {
      engine: (now.engine - before.engine) / requests,
      functions: (now.functions - before.functions) / requests,
    };
  };
}

function report(
  running: Running[],
  samples: Sample[],
  connectionCounts: number[],
): Pick<SectionResult, 'tables' | 'targets' | 'plots'> {
  const of = (label: string, operation: Operation, connections: number): Sample[] =>
    samples.filter(
      (sample) =>
        sample.label === label && sample.operation === operation && sample.connections === connections,
    );
  const cpuOf = (label: string, operation: Operation, connections: number): number[] =>
    of(label, operation, connections).map(({ cpuPerRequest }) => cpuPerRequest);

  const tables = OPERATIONS.flatMap((operation) =>
    connectionCounts.map((connections): Table => {
      const limit = cpuOf(ONE_HOP, operation, connections);
      return {
        title: `${operation}Item, ${connections} connection${connections > 1 ? 's' : ''}`,
        columns: ['', 'CPU µs', 'spread', '× one hop', 'requests/s', 'p50 ms', 'p99 ms'],
        rows: running.flatMap(({ label }) => {
          const all = of(label, operation, connections);
          if (all.length === 0) {
            return [];
          }
          const cpu = cpuOf(label, operation, connections);
          return [
            [
              label,
              median(cpu),
              spreadText(cpu),
              ratioOf(cpu, limit),
              median(all.map(({ requests, seconds }) => requests / seconds)),
              median(all.map(({ p50 }) => p50)),
              median(all.map(({ p99 }) => p99)),
            ],
          ];
        }),
        ...(operation === 'put' && {
          notes: [
            'None of the other servers publishes changes, so they are compared with this project without its change feed: without the ' +
              "table's stream, which was a third of the engine's cost of a put (measured 2026-11-28), and without its readers. With " +
              'the feed, work continues after the answer to a put: the server reads the stream, runs the Lambda function (in a ' +
              'separate process, not counted) and answers its mutation.',
          ],
        }),
      };
    }),
  );
  const middle = middleOf(connectionCounts);
  const [told, least, hop] = [OURS_WITH_FEED, LEAST_TOLD, ONE_HOP].map((label) => of(label, 'put', middle));
  tables.unshift(...wholeWayTable(told!, least!, hop!, middle));
  const perSecond = (label: string): number[] =>
    of(label, 'put', middle).map(({ requests, seconds }) => requests / seconds);
  const ratio = (above: string, below: string, operation: Operation): number =>
    ratioOf(cpuOf(above, operation, middle), cpuOf(below, operation, middle));
  const leastText =
    least!.length > 0
      ? ` (minimum with a published change: ${numberText(ratio(LEAST_TOLD, ONE_HOP, 'put'))})`
      : '';
  const byDefault = [
    {
      name: `put with change feed (default): server CPU relative to one hop${leastText}`,
      ratio: ratio(OURS_WITH_FEED, ONE_HOP, 'put'),
      atMost: 3,
    },
    {
      name: 'put with change feed (default): puts a second relative to one hop',
      ratio: ratioOf(perSecond(OURS_WITH_FEED), perSecond(ONE_HOP)),
      atLeast: 0.4,
    },
    {
      name: 'get (default): server CPU relative to one hop',
      ratio: ratio(OURS_WITH_FEED, ONE_HOP, 'get'),
      atMost: AT_MOST.get,
    },
  ];
  const beside = OPERATIONS.flatMap((operation) => {
    const servers = running.filter(({ kind }) => kind === 'server').map(({ label }) => label);
    const best = servers.sort(
      (a, b) => median(cpuOf(a, operation, middle)) - median(cpuOf(b, operation, middle)),
    )[0];
    const simulator = running.find(({ kind }) => kind === 'simulator')?.label;
    return [
      {
        name: `${operation} without change feed: server CPU relative to one hop`,
        ratio: ratio(OURS_ALONE, ONE_HOP, operation),
        atMost: AT_MOST[operation],
      },
      ...(best
        ? [
            {
              name: `${operation}: CPU of ${best} (the best GraphQL server with the AWS SDK) relative to ours`,
              ratio: ratio(best, OURS_ALONE, operation),
              atLeast: 4,
            },
          ]
        : []),
      {
        name: `${operation}: CPU of appsync-local-server relative to ours (measured earlier as ${APPSYNC_LOCAL_SERVER} × the constant answer)`,
        ratio: APPSYNC_LOCAL_SERVER * ratio(CONSTANT, OURS_ALONE, operation),
        atLeast: 8,
      },
      ...(simulator
        ? [
            {
              name: `${operation}: CPU of the Amplify simulator relative to ours`,
              ratio: ratio(simulator, OURS_ALONE, operation),
              atLeast: 20,
            },
          ]
        : []),
    ];
  });
  const plots = OPERATIONS.map((operation): BarPlot => ({
    kind: 'bars',
    file: `${operation}-item`,
    title: `${operation}Item: CPU of the server for one request, ${middle} connections`,
    unit: 'µs of server CPU per request',
    bars: running
      .filter(({ label }) => cpuOf(label, operation, middle).length > 0)
      .map(({ label, ours }) => ({
        label,
        value: median(cpuOf(label, operation, middle)),
        ...(ours && { ours }),
      })),
  }));
  return { tables, targets: [...byDefault, ...beside], plots };
}

/** Server CPU relative to one hop. */
const AT_MOST: Record<Operation, number> = { put: 1.5, get: 1.15 };

/**
 * appsync-local-server is not in the package registry, so it cannot be run here: 1,320 µs for a put at 16 connections where
 * the constant answer took 25, measured beforehand on the same kind of machine.
 */
const APPSYNC_LOCAL_SERVER = 1320 / 25;
