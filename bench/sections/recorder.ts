import { type Load, startLoad } from '../harness/load.ts';
import { OUR_HEADERS, startOursWithoutFeed } from '../harness/ours.ts';
import type { Server } from '../harness/server.ts';
import { eachStart } from '../harness/starts.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

type Operation = 'put' | 'get';
const OPERATIONS: Operation[] = ['put', 'get'];
const CONNECTIONS = 16;

/**
 * A difference of two percent takes many short rounds to be seen, and many servers: two processes of the same program differ by up to 7 %
 * for as long as they live (measured with two servers without a recorder, 2026-11-30).
 */
const PLANS = {
  full: { starts: 8, rounds: 6, milliseconds: 1_000, warmUpRequests: 6_000 },
  quick: { starts: 2, rounds: 3, milliseconds: 400, warmUpRequests: 1_000 },
};
type Plan = (typeof PLANS)['full'];

type Name = 'on' | 'off';
const OPTIONS: Record<Name, string[]> = { on: [], off: ['--no-recorder'] };

/** CPU of the server for one request, in µs, round by round. */
type Samples = Record<Operation, number[]>;

/** What the flight recorder costs while nobody looks. */
export const recorder: Section = {
  name: 'recorder',
  title: 'The flight recorder, on and off',
  slow: true,
  async run(context) {
    const plan = context.quick ? PLANS.quick : PLANS.full;
    const load = startLoad();
    const samples: Record<Name, Samples> = { on: { put: [], get: [] }, off: { put: [], get: [] } };
    try {
      await eachStart(plan.starts, context, (start, ownContext) =>
        compare(start, { load, plan, context: ownContext, samples }),
      );
      return report(samples.on, samples.off);
    } finally {
      load.stop();
    }
  },
};

interface Comparison {
  load: Load;
  plan: Plan;
  context: BenchContext;
  samples: Record<Name, Samples>;
}

/** Starts one server of each, and measures both. Each is started first every other time, and begins every other round. */
async function compare(start: number, { load, plan, context, samples }: Comparison): Promise<void> {
  const order: Name[] = start % 2 === 0 ? ['on', 'off'] : ['off', 'on'];
  const servers = new Map<Name, Server>();
  try {
    for (const name of order) {
      servers.set(name, await startOursWithoutFeed(context, OPTIONS[name]));
    }
    for (const server of servers.values()) {
      context.progress('warming up');
      for (const operation of OPERATIONS) {
        await load.run({ ...requestsOf(server, operation), requests: plan.warmUpRequests });
      }
    }
    for (let round = 0; round < plan.rounds; round += 1) {
      context.progress(`round ${round + 1} of ${plan.rounds}`);
      for (const name of round % 2 === 0 ? order : order.toReversed()) {
        for (const operation of OPERATIONS) {
          samples[name][operation].push(await cpuOfRequest(load, servers.get(name)!, operation, plan));
        }
      }
    }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

/** In µs. */
async function cpuOfRequest(
  load: Load,
  server: Server,
  operation: Operation,
  { milliseconds }: Plan,
): Promise<number> {
  const before = await server.cpu();
  const { requests } = await load.run({ ...requestsOf(server, operation), milliseconds });
  return ((await server.cpu()) - before) / requests;
}

const requestsOf = ({ url }: Server, operation: Operation) => ({
  url,
  headers: OUR_HEADERS,
  constant: false,
  operation,
  connections: CONNECTIONS,
});

function report(on: Samples, off: Samples): SectionResult {
  return {
    tables: [
      {
        title: `CPU of the server for one request, ${CONNECTIONS} connections`,
        columns: ['', 'recorder µs', 'spread', 'without µs', 'spread', 'ratio'],
        rows: OPERATIONS.map((operation) => [
          `${operation}Item`,
          median(on[operation]),
          spreadText(on[operation]),
          median(off[operation]),
          spreadText(off[operation]),
          ratioOf(on[operation], off[operation]),
        ]),
      },
    ],
    targets: OPERATIONS.map((operation) => ({
      name: `${operation}: server CPU with the flight recorder, relative to without`,
      ratio: ratioOf(on[operation], off[operation]),
      atMost: 1.02,
    })),
    plots: [],
    skipped: [],
    samples: { on, off },
  };
}
