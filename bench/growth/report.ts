import type { LinePlot, SectionResult, Table, Target } from '../section.ts';
import { curves, growthOf, type Curve } from './rounds.ts';
import type { GrowthPlan, GrowthSamples } from './samples.ts';

type Part = Pick<SectionResult, 'tables' | 'targets' | 'plots'>;

const KB = 1000;
const countText = (count: number): string => count.toLocaleString('en-US');
const bytesText = (bytes: number): string => `${bytes < KB ? `0.${bytes / 100}` : bytes / KB} KB`;

const MB = 1_000_000;
/** Of which 1 % match, for a page of 20. */
const FILLS_FILTERED_PAGE = 2_000;

export function byTable({ table, starts, sweeps }: GrowthSamples, { payloads }: GrowthPlan): Part {
  const all = curves(table);
  return {
    tables: [
      {
        ...costTable(
          `CPU of one request by items in the table, payloads of ${payloads[0]} bytes`,
          all,
          countText,
        ),
        notes: [
          'CPU µs of this project ("ours") and of the DynamoDB engine, and the median time of an answer in ms with 4 connections.',
          "A put's CPU includes the publishing of its change.",
          'A page for an API key reads the table; a page for a Cognito user, who owns a tenth of all items, reads the owner index.',
          'If 1 % match, a page of 20 looks at about 2,000 items, regardless of the size of the table; 1,000 items do not fill it.',
        ],
      },
      lookedAtTable(all),
      {
        title: 'Start-up, memory and the look for expired items, by items in the table',
        columns: ['items', 'start ms', 'our MB', 'engine MB', 'look: calls', 'engine ms', 'longest call ms'],
        rows: starts.map(({ size, startMs, server, engine }, index) => {
          const { calls, engineMs, longestMs } = sweeps[index]!;
          return [countText(size), startMs, server / MB, engine / MB, calls, engineMs, longestMs];
        }),
        notes: [
          'A look for expired items runs every 30 s; it ends after 10,000 items, and the next one continues from there.',
        ],
      },
    ],
    targets: all.map(whereFull).flatMap((curve): Target[] => {
      const [least, most] = ends(curve);
      const name = `${curve.name}: CPU at ${countText(most)} items over that at ${countText(least)}`;
      return least < most ? [{ name, ratio: growthOf(curve), atMost: 2 }] : [];
    }),
    plots: [linePlot('growth-table', 'CPU of one request by items in the table', 'items in the table', all)],
  };
}

export function byPayload({ payload }: GrowthSamples): Part {
  const all = curves(payload);
  return {
    tables: [
      {
        ...costTable('CPU of one request by payload', all, bytesText),
        notes: [
          'Ours and the DynamoDB engine’s µs, and the median time of an answer in ms with 4 connections.',
        ],
      },
    ],
    targets: all.map((curve) => {
      const largest = { ...curve, points: curve.points.slice(-2) };
      const [less, more] = ends(largest);
      return {
        name: `${curve.name}: growth of CPU from ${bytesText(less)} to ${bytesText(more)} over that of the payload`,
        ratio: growthOf(largest) / (more / less),
        atMost: 2,
      };
    }),
    plots: [linePlot('growth-payload', 'CPU of one request by payload', 'bytes of payload', all)],
  };
}

export function bySubscriptions({ subscriptions }: GrowthSamples): Part {
  const [first, last] = [subscriptions[0]!, subscriptions.at(-1)!];
  const target = (name: string, figure: 'start' | 'put', atMost: number): Target => ({
    name: `${name}: CPU with ${countText(last.subscriptions)} subscriptions over that with ${countText(first.subscriptions)}`,
    ratio: last[figure] / first[figure],
    atMost,
  });
  return {
    tables: [
      {
        title:
          'CPU of our process by subscriptions to other items, ten a connection, each with its own filter',
        columns: ['subscriptions', 'subscribe µs', 'put µs', 'KB for each'],
        rows: subscriptions.map(({ subscriptions, start, put, bytes }) => [
          countText(subscriptions),
          start,
          put,
          bytes / KB,
        ]),
        notes: ['Includes a tenth of the cost of opening a connection. Memory is the growth of the process.'],
      },
    ],
    targets: [target('subscribe', 'start', 1.5), target('put without subscribers', 'put', 1.5)],
    plots: [
      {
        kind: 'lines',
        file: 'growth-subscriptions',
        title: 'CPU of our process by subscriptions to other items',
        unit: 'µs of CPU',
        scale: 'log',
        xLabel: 'subscriptions',
        lines: [
          {
            label: 'subscribe',
            points: subscriptions.map(({ subscriptions, start }) => [subscriptions, start]),
          },
          {
            label: 'put',
            points: subscriptions.map(({ subscriptions, put }) => [subscriptions, put]),
            ours: true,
          },
        ],
      },
    ],
  };
}

export const extremesTable = ({ extremes }: GrowthSamples): Table => ({
  title: 'The largest requests that are allowed',
  columns: ['', 'our µs', 'engine µs', 'p50 ms', 'our µs for each', 'engine µs for each'],
  rows: extremes.map(({ name, server, engine = NaN, p50Ms = NaN, perUnit: { unit, units } }) => [
    `${name} (each ${unit})`,
    server,
    engine,
    p50Ms,
    server / units,
    engine / units,
  ]),
  notes: ['A connection may hold 200 subscriptions (AppSync quota); further ones are refused.'],
});

function ends({ points }: Curve): [number, number] {
  return [points[0]!.size, points.at(-1)!.size];
}

/** What a filter pays for each item that it looks at, and what an index would spare that reads the matching ones alone. */
function lookedAtTable(all: Curve[]): Table {
  const filtered = whereFull(all.find(({ name }) => name.includes('match'))!);
  const plain = all.find(({ name }) => filtered.name.startsWith(`${name},`))!;
  const sum = ({ server, engine }: { server: number; engine: number }): number => server + engine;
  return {
    title: `A filter that 1 % meet: CPU for each of the ${countText(FILLS_FILTERED_PAGE)} items looked at`,
    columns: ['items', 'our µs', 'engine µs', '× a page without a filter'],
    rows: filtered.points.map((point) => [
      countText(point.size),
      point.server / FILLS_FILTERED_PAGE,
      point.engine / FILLS_FILTERED_PAGE,
      sum(point) / sum(plain.points.find(({ size }) => size === point.size)!),
    ]),
    notes: ['With an index on the matching items, the page needs no filter and costs like one without.'],
  };
}

/** Smaller tables do not fill a filtered page, so it looks at less. */
const whereFull = (curve: Curve): Curve =>
  curve.name.includes('match')
    ? { ...curve, points: curve.points.filter(({ size }) => size > FILLS_FILTERED_PAGE) }
    : curve;

const costTable = (title: string, all: Curve[], sizeText: (size: number) => string): Table => ({
  title,
  columns: ['', ...all[0]!.points.map(({ size }) => sizeText(size)), 'growth'],
  rows: all.flatMap((curve) => [
    [`${curve.name}: ours µs`, ...curve.points.map(({ server }) => server), growth(curve, 'server')],
    [`${curve.name}: engine µs`, ...curve.points.map(({ engine }) => engine), growth(curve, 'engine')],
    [`${curve.name}: p50 ms`, ...curve.points.map(({ p50Ms }) => p50Ms), growth(curve, 'p50Ms')],
  ]),
});

const growth = ({ points }: Curve, figure: 'server' | 'engine' | 'p50Ms'): string =>
  `× ${(points.at(-1)![figure] / points[0]![figure]).toPrecision(2)}`;

const linePlot = (file: string, title: string, xLabel: string, all: Curve[]): LinePlot => ({
  kind: 'lines',
  file,
  title: `${title}, ours and the engine’s together`,
  unit: 'µs of CPU per request',
  scale: 'log',
  xLabel,
  lines: all.map(({ name, points }) => ({
    label: name,
    points: points.map(({ size, server, engine }) => [size, server + engine]),
  })),
});
