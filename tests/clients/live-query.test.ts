import { expect, it } from 'vitest';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import { type Random, randomFrom } from '../../packages/appsync-local/tests/harness/random.ts';
import {
  ApiError,
  createLiveQuery,
  graphqlRequest,
  type Item,
  type ItemFilter,
  type PayloadFilter,
  withToken,
} from '../../packages/live-items/src/index.ts';
import {
  ListItemsDocument,
  type ListItemsQuery,
  PutItemsDocument,
} from '../../schema/generated/operations.ts';

/*
 * One filter, two judges: the API, whose resolvers make a DynamoDB expression of it, and the client, which has the item at hand.
 */

const FILTERS = 120;
const server = serverForClients();
const authorization = withToken(() => server.token('dora'));

const NAMES = ['n', 'text', 'list', 'in', 'a.b', '0'];
const TEXTS = ['', 'a', 'ab', 'B', 'Äpfel', '\u{1F600}', '\uFB01', '10', 'null'];
const NUMBERS = [-1, 0, 1, 9, 10, 2.5, 9007199254740991];

function value(random: Random, depth = 0): unknown {
  // Most payloads are objects, so that most paths lead somewhere.
  switch (depth === 0 && random.chance(0.8) ? 6 : random.below(depth > 2 ? 5 : 8)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.oneOf(NUMBERS);
    case 3:
    case 4:
      return random.oneOf(TEXTS);
    case 5:
      return Array.from({ length: random.below(4) }, () => value(random, depth + 1));
    default:
      return Object.fromEntries(
        NAMES.filter(() => random.chance(0.6)).map((name) => [name, value(random, depth + 1)]),
      );
  }
}

function path(random: Random): string {
  const names = Array.from({ length: 1 + random.below(2) }, () => random.oneOf(NAMES));
  return random.oneOf([
    '',
    ...['n', 'n', 'text', 'text', 'list', 'list[0]', 'in.text', 'in.n', '[0]', '[1].n'],
    `/${names.join('/')}`,
  ]);
}

/** The operand of an operator, sometimes one that it refuses. */
function operand(random: Random, operator: string): unknown {
  const json = (): string => JSON.stringify(value(random, random.chance(0.8) ? 3 : 1));
  const ordered = (): string => JSON.stringify(random.oneOf<unknown>([...NUMBERS, ...TEXTS]));
  switch (operator) {
    case 'exists':
      return random.chance(0.5);
    case 'in':
      return Array.from({ length: 1 + random.below(3) }, json);
    case 'between':
      return [ordered(), ordered()];
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return random.chance(0.95) ? ordered() : json();
    case 'beginsWith':
      return JSON.stringify(random.oneOf(TEXTS));
    default:
      return json();
  }
}

const OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'between', 'in', 'contains', 'beginsWith', 'exists'];

function condition(random: Random): PayloadFilter {
  const operators = [random.oneOf(OPERATORS), ...(random.chance(0.15) ? [random.oneOf(OPERATORS)] : [])];
  return {
    path: path(random),
    ...Object.fromEntries(operators.map((operator) => [operator, operand(random, operator)])),
  };
}

function filterFor(random: Random, items: readonly Item[], depth = 0): ItemFilter {
  const inner = (): ItemFilter => filterFor(random, items, depth + 1);
  const time = random.oneOf(items).createdAt;
  switch (random.below(depth > 1 ? 6 : 9)) {
    case 0:
      return {
        version: random.oneOf([{ eq: 1 }, { gt: 1 }, { between: [0, 1] }, { in: [1, 2] }, { ne: 1 }]),
      };
    // part: validated-items
    case 1:
      return {
        kind: random.oneOf([{ exists: false }, { eq: 'product' }, { ne: 'product' }, { beginsWith: 'p' }]),
      };
    // end: validated-items
    case 2:
      return {
        createdAt: {
          [random.oneOf(['ge', 'gt', 'le', 'lt'])]: random.oneOf([time, `${time.slice(0, -1)}4Z`]),
        },
      };
    case 6:
      return { and: [inner(), inner()] };
    case 7:
      return { or: [inner(), inner()] };
    case 8:
      return { not: inner() };
    default:
      return { payload: [condition(random), ...(random.chance(0.2) ? [condition(random)] : [])] };
  }
}

async function listed(filter: ItemFilter | null): Promise<Item[]> {
  const found: Item[] = [];
  let nextToken: string | null = null;
  do {
    const { listItems }: ListItemsQuery = await graphqlRequest(
      { url: server.graphqlUrl(), authorization },
      { query: String(ListItemsDocument), variables: { filter, limit: 100, nextToken } },
    );
    found.push(...listItems.items);
    nextToken = listItems.nextToken;
  } while (nextToken !== null);
  return found;
}

/** Ids, or that it is refused. */
async function judged(what: string, ask: () => Promise<readonly Item[]>): Promise<string[] | 'refused'> {
  try {
    return (await ask()).map(({ id }) => id).sort();
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    const { message, remedy } = error as ApiError;
    expect({ message, remedy }, what).toMatchObject({ remedy: 'none' });
    return 'refused';
  }
}

it(`${FILTERS} filters mean the same to the client as to the API`, async () => {
  const seed = Date.now() % 1e6;
  const random = randomFrom(seed);
  const items = Array.from({ length: 90 }, (_, count) => ({
    id: `item-${count}`,
    payload: JSON.stringify(value(random)),
  }));
  await graphqlRequest(
    { url: server.graphqlUrl(), authorization },
    { query: String(PutItemsDocument), variables: { input: { items } } },
  );
  const all = await listed(null);
  const live = { items: new Map(all.map((item) => [item.id, item])), subscribe: () => () => undefined };
  const verdicts = { refused: 0, none: 0, some: 0, all: 0 };

  for (let count = 0; count < FILTERS; count += 1) {
    const filter = filterFor(random, all);
    const what = `seed ${seed}: ${JSON.stringify(filter)}`;
    const byApi = await judged(what, () => listed(filter));
    const byClient = await judged(what, async () => createLiveQuery(live, { filter }).items);

    expect(byClient, what).toEqual(byApi);
    const found = byApi === 'refused' ? 'refused' : byApi.length;
    verdicts[found === 'refused' ? found : found === 0 ? 'none' : found === all.length ? 'all' : 'some'] += 1;
  }

  expect(all).toHaveLength(90);
  // The filters must tell items apart; of some seeds only 12 did.
  expect(verdicts.some).toBeGreaterThan(FILTERS / 20);
  expect(verdicts.refused).toBeGreaterThan(0);
});
