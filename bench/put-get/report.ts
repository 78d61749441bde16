import { CONSTANT, LEAST_PUBLISHED, ONE_HOP, OURS_ALONE, OURS_WITH_FEED } from '../contenders.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import { numberText } from '../report/number.ts';
import type { BarPlot, SectionResult, Table } from '../section.ts';
import { middleOf, type Operation, OPERATIONS, type Running, type Sample } from './contest.ts';
import { wholeWayTable } from './whole-way-table.ts';

export function report(
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
  const [published, least, hop] = [OURS_WITH_FEED, LEAST_PUBLISHED, ONE_HOP].map((label) =>
    of(label, 'put', middle),
  );
  tables.unshift(...wholeWayTable(published!, least!, hop!, middle));
  const perSecond = (label: string): number[] =>
    of(label, 'put', middle).map(({ requests, seconds }) => requests / seconds);
  const ratio = (above: string, below: string, operation: Operation): number =>
    ratioOf(cpuOf(above, operation, middle), cpuOf(below, operation, middle));
  const leastText =
    least!.length > 0
      ? ` (minimum with a published change: ${numberText(ratio(LEAST_PUBLISHED, ONE_HOP, 'put'))})`
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
