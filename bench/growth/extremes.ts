import { costOf, type Asked, type Cost, type Round } from './cost.ts';
import { payloadOf } from './items.ts';
import type { Place } from './place.ts';
import { tooMany } from './subscriptions.ts';

/** The most that one request may ask for, and what it costs. */
export interface Extreme extends Partial<Cost> {
  name: string;
  server: number;
  /** Such as `24 × 4 KB`. */
  perUnit: { unit: string; units: number };
}

const ITEMS = 99;
const KB = 1000;

/** Requests under way at once write other items, lest they conflict; the first few are there to be read. */
const SLOTS = 64;
const WRITTEN_SLOTS = 4;
const idOf = (bytes: number, slot: number, index: number): string => `extreme-${bytes}-${slot}-${index}`;

const putItems = (items: number, bytes: number): Asked => ({
  name: `putItems, ${items} × ${bytes / KB} KB`,
  as: 'apiKey',
  body: (_, request) => ({
    query: 'mutation Put($input: PutItemsInput!) { putItems(input: $input) { items { id version } } }',
    variables: {
      input: {
        items: Array.from({ length: items }, (_, index) => ({
          id: idOf(bytes, request % SLOTS, index),
          payload: JSON.stringify(payloadOf(index, bytes)),
        })),
      },
    },
  }),
});

const getItems = (items: number, bytes: number): Asked => ({
  name: `getItems, ${items} × ${bytes / KB} KB`,
  as: 'apiKey',
  body: (_, request) => ({
    query: 'query Get($ids: [ID!]!) { getItems(ids: $ids) { id version payload } }',
    variables: {
      ids: Array.from({ length: items }, (_, index) => idOf(bytes, request % WRITTEN_SLOTS, index)),
    },
  }),
  problem: (data) => ((data.getItems as unknown[]).every((item) => item) ? null : 'a missing item'),
});

/** Alternatives that nest so deep, two filters a level; the innermost one meets 1 % of the items. */
const nestedFilter = (depth: number): object =>
  Array.from({ length: depth }).reduce<object>(
    (inner, _, level) => ({ or: [{ payload: [{ path: 'group', eq: `"none-${level}"` }] }, inner] }),
    { payload: [{ path: 'group', eq: '"g7"' }] },
  );

const filtered = (filters: number): Asked => ({
  name: `page of 5, ${filters} nested filters`,
  as: 'apiKey',
  body: () => ({
    query:
      'query List($filter: ItemFilterInput) { listItems(filter: $filter, limit: 5) { items { id } nextToken } }',
    variables: { filter: nestedFilter((filters - 1) / 2) },
  }),
});

/** AppSync's answers of one resolver end at 5 MB, so 100 items of 64 KB are more than can be had. */
const GET_BYTES = 48 * KB;
/** A request's body ends at 1 MiB, so what is read comes in parts. */
const PUT_AT_ONCE = 20;

export async function measureExtremes(
  place: Place,
  round: Round,
  progress: (line: string) => void,
): Promise<Extreme[]> {
  const measured = async (asked: Asked, unit: string, units: number): Promise<Extreme> => {
    progress(asked.name);
    await costOf(place, asked, { ...round, milliseconds: 0 });
    return { ...(await costOf(place, asked, round)), name: asked.name, perUnit: { unit, units } };
  };
  const extremes: Extreme[] = [];
  // First, while the table holds little: what follows fills it with what a page would have to look at.
  for (const filters of [3, 25, 99]) {
    extremes.push(await measured(filtered(filters), 'filter', filters));
  }
  for (const items of [1, ITEMS]) {
    extremes.push(await measured(putItems(items, 4 * KB), 'item', items));
    extremes.push(await measured(getItems(items, 4 * KB), 'item', items));
  }
  await measured(putItems(PUT_AT_ONCE, GET_BYTES), 'item', PUT_AT_ONCE);
  extremes.push(await measured(getItems(PUT_AT_ONCE, GET_BYTES), 'item', PUT_AT_ONCE));
  const starts = 3_000;
  progress(`${starts} subscriptions on one connection`);
  const { accepted, cpu } = await tooMany(place, starts);
  extremes.push({
    name: `${starts.toLocaleString('en-US')} starts on one connection, ${accepted} accepted`,
    server: cpu * starts,
    perUnit: { unit: 'start', units: starts },
  });
  return extremes;
}
