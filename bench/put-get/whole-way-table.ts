import { cpus } from 'node:os';
import { LEAST_PUBLISHED } from '../contenders.ts';
import type { ChildrenCpu } from '../harness/process-cpu.ts';
import { median, ratioOf } from '../harness/statistics.ts';
import { numberText } from '../report/number.ts';
import type { Table } from '../section.ts';

/** What one round of puts took for each, in µs of CPU: the server, and where it is known what works for it. */
export interface RoundOfPuts {
  cpuPerRequest: number;
  children?: ChildrenCpu;
}

/**
 * What all processes take for a put whose change is published, and how many puts that allows; none where it was not measured.
 *
 * @param published by this project's server
 * @param least by the least server that does it; empty when it was not measured
 * @param hop by a server that publishes nothing
 */
export function wholeWayTable(
  published: RoundOfPuts[],
  least: RoundOfPuts[],
  hop: RoundOfPuts[],
  connections: number,
): Table[] {
  const [ours, bound] = [partsOf(published), partsOf(least)];
  if (!ours) {
    return [];
  }
  const row = (title: string, part: keyof Parts): (string | number)[] => [
    title,
    median(ours[part]),
    ...(bound ? [median(bound[part]), ratioOf(ours[part], bound[part])] : []),
  ];
  const table: Table = {
    title: `putItem with change feed (default): CPU of all processes for one put, ${connections} connections`,
    columns: ['', 'CPU µs', ...(bound ? ['minimum', '× minimum'] : [])],
    rows: [
      row('server: put, stream, publishing request', 'server'),
      row('Lambda function that publishes the change', 'functions'),
      row('DynamoDB engine: put, stream, row in the log', 'engine'),
      row('all', 'all'),
    ],
  };
  const most = `So ${cpus().length} cores allow at most ${perSecond(ours)} puts a second with their changes published, without the CPU of the clients`;
  if (!bound) {
    return [{ ...table, notes: [`${most}.`] }];
  }
  const factor = ratioOf(
    bound.server,
    hop.map(({ cpuPerRequest }) => cpuPerRequest),
  );
  return [
    {
      ...table,
      notes: [
        `${most}; with the minimal server, ${perSecond(bound)}.`,
        `The minimal server is "${LEAST_PUBLISHED}": one hop to a table with a stream. It reads the stream, passes each page unchanged to this project's ` +
          'function, verifies the signature of the request that publishes a change (one for each change: ADR 20), and answers it. It does nothing else ' +
          '(payloads stay texts; as the maps that filters look into, they cost function and engine a tenth more: measured 2026-11-30), ' +
          `and every change was published. It takes ${numberText(factor)} times one hop; this project's server takes ` +
          `${numberText(ratioOf(ours.server, bound.server))} times that.`,
      ],
    },
  ];
}

/** µs of CPU for one put, round by round. */
type Parts = Record<'server' | 'functions' | 'engine' | 'all', number[]>;

function partsOf(rounds: RoundOfPuts[]): Parts | null {
  const parts = rounds.flatMap(({ cpuPerRequest: server, children }) =>
    children ? [{ server, ...children, all: server + children.functions + children.engine }] : [],
  );
  const of = (part: keyof Parts): number[] => parts.map((one) => one[part]);
  return parts.length === 0
    ? null
    : { server: of('server'), functions: of('functions'), engine: of('engine'), all: of('all') };
}

const perSecond = ({ all }: Parts): string => numberText((cpus().length * 1e6) / median(all));
