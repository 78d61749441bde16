import { type Load, startLoad } from '../harness/load.ts';
import { OUR_HEADERS, startOursWithoutFeed } from '../harness/ours.ts';
import type { Server } from '../harness/server.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

type Operation = 'put' | 'get';
const OPERATIONS: Operation[] = ['put', 'get'];
const CONNECTIONS = 16;

/** A difference of two percent takes many short rounds to be seen. */
const PLANS = {
  full: { rounds: 40, milliseconds: 1_000, warmUpRequests: 8_000 },
  quick: { rounds: 8, milliseconds: 500, warmUpRequests: 2_000 },
};

/** CPU of the server for one request, in µs, round by round. */
type Samples = Record<Operation, number[]>;

/** What the flight recorder costs while nobody looks. */
export const recorder: Section = {
  name: 'recorder',
  title: 'The flight recorder, on and off',
  async run(context) {
    const plan = context.quick ? PLANS.quick : PLANS.full;
    const load = startLoad();
    const servers: Server[] = [];
    try {
      servers.push(await startOursWithoutFeed(context));
      servers.push(await startOursWithoutFeed(context, ['--no-recorder']));
      const [on, off] = await rounds(load, servers, plan, context);
      return report(on!, off!);
    } finally {
      load.stop();
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};

async function rounds(
  load: Load,
  servers: Server[],
  plan: (typeof PLANS)['full'],
  { progress }: BenchContext,
): Promise<Samples[]> {
  const samples = servers.map((): Samples => ({ put: [], get: [] }));
  for (const server of servers) {
    progress('warming up');
    for (const operation of OPERATIONS) {
      await load.run({ ...order(server, operation), requests: plan.warmUpRequests });
    }
  }
  for (let round = 0; round < plan.rounds; round += 1) {
    progress(`round ${round + 1} of ${plan.rounds}`);
    // Each begins every other round, so that neither always comes after the other.
    for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
      for (const operation of OPERATIONS) {
        const server = servers[index]!;
        const before = await server.cpu();
        const { requests } = await load.run({ ...order(server, operation), milliseconds: plan.milliseconds });
        samples[index]![operation].push(((await server.cpu()) - before) / requests);
      }
    }
  }
  return samples;
}

const order = ({ url }: Server, operation: Operation) => ({
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
      name: `${operation}: server CPU with the flight recorder over without`,
      ratio: ratioOf(on[operation], off[operation]),
      atMost: 1.02,
    })),
    plots: [],
    skipped: [],
    samples: { on, off },
  };
}
