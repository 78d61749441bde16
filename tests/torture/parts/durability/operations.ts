import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { canonical, type Effect, type History, type State } from './history.ts';

/** A write, and what must become of it. */
export interface Operation {
  query: string;
  variables: object;
  /** What it makes of the items, if it succeeds. */
  effect: Effect;
  /** The error it must end with instead; null where it must succeed. */
  refusal: string | null;
  /** Whether it may be sent again and still be done once. */
  isRepeatable: boolean;
}

/** Whose items a writer writes: nobody else touches them, so every outcome is known beforehand. */
export interface Ownership {
  /** Begins the ids and unique values of this writer. */
  prefix: string;
  owner: string | null;
}

const IDS = 8;
const FIELDS = 'id version payload kind owner';
const DOCUMENTS = {
  putItem: `mutation ($input: PutItemInput!) { putItem(input: $input) { ${FIELDS} } }`,
  putItems: `mutation ($input: PutItemsInput!) { putItems(input: $input) { items { ${FIELDS} } } }`,
  updateItem: `mutation ($input: UpdateItemInput!) { updateItem(input: $input) { ${FIELDS} } }`,
  deleteItem: `mutation ($input: DeleteItemInput!) { deleteItem(input: $input) { ${FIELDS} } }`,
  putValidatedItem: `mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { ${FIELDS} } }`,
};

/** Makes the next write of a writer. */
export type NextOperation = () => Operation;

/** @param history what the items are by now */
export function operationsOf({ prefix, owner }: Ownership, history: History, random: Random): NextOperation {
  let count = 0;
  const plainId = (): string => `${prefix}-p${random.below(IDS)}`;
  const validatedId = (): string => `${prefix}-v${random.below(IDS / 2)}`;
  const newPayload = (): Record<string, unknown> => ({ n: (count += 1), x: 'x'.repeat(random.below(40)) });

  /** The version to expect: mostly none, sometimes the right one, seldom a wrong one. */
  const expectation = (before: State | null): { expectedVersion?: number } => {
    if (random.chance(0.6)) {
      return {};
    }
    return { expectedVersion: random.chance(0.8) ? (before?.version ?? 0) : 1_000_000 };
  };
  const written = (before: State | null, payload: unknown, more: Partial<State> = {}): State => ({
    version: (before?.version ?? 0) + 1,
    payload: canonical(payload),
    kind: null,
    owner,
    ...more,
  });

  const putItem = (): Operation => {
    const id = plainId();
    const payload = newPayload();
    const before = history.stateOf(id);
    const isRepeatable = random.chance(0.3);
    const expected = expectation(before);
    return {
      query: DOCUMENTS.putItem,
      variables: {
        input: {
          id,
          payload: JSON.stringify(payload),
          ...expected,
          ...(isRepeatable && { clientRequestToken: `${prefix}-${count}` }),
        },
      },
      effect: new Map([[id, written(before, payload)]]),
      refusal: expected.expectedVersion === 1_000_000 ? 'Conflict' : null,
      isRepeatable,
    };
  };

  const putItems = (): Operation => {
    const ids = [...new Set(Array.from({ length: 1 + random.below(4) }, plainId))];
    const items = ids.map((id) => ({ id, payload: newPayload() }));
    const isRepeatable = random.chance(0.5);
    return {
      query: DOCUMENTS.putItems,
      variables: {
        input: {
          items: items.map(({ id, payload }) => ({ id, payload: JSON.stringify(payload) })),
          ...(isRepeatable && { clientRequestToken: `${prefix}-${count}` }),
        },
      },
      effect: new Map(items.map(({ id, payload }) => [id, written(history.stateOf(id), payload)])),
      refusal: null,
      isRepeatable,
    };
  };

  const updateItem = (): Operation => {
    const id = plainId();
    const patch = { [random.oneOf(['a', 'b', 'n'])]: (count += 1) };
    const before = history.stateOf(id);
    const expected = before ? expectation(before) : {};
    const merged = { ...(JSON.parse(before?.payload ?? '{}') as object), ...patch };
    return {
      query: DOCUMENTS.updateItem,
      variables: { input: { id, payload: JSON.stringify(patch), ...expected } },
      effect: new Map([[id, written(before, merged)]]),
      refusal: before === null ? 'NotFound' : expected.expectedVersion === 1_000_000 ? 'Conflict' : null,
      isRepeatable: false,
    };
  };

  const deleteItem = (): Operation => {
    const id = random.chance(0.6) ? plainId() : validatedId();
    const before = history.stateOf(id);
    const isReferred = [...history.states.values()].some(({ replaces }) => replaces === id);
    return {
      query: DOCUMENTS.deleteItem,
      variables: { input: { id } },
      effect: new Map([[id, null]]),
      refusal: before !== null && isReferred ? 'Conflict' : null,
      isRepeatable: true,
    };
  };

  const putValidatedItem = (): Operation => {
    const id = validatedId();
    const before = history.stateOf(id);
    const sku = `${prefix}-${random.below(IDS / 2)}`.toUpperCase();
    const replaces = random.chance(0.5) ? plainId() : undefined;
    const payload = {
      sku,
      name: `product ${(count += 1)}`,
      price: { amountMinor: count, currency: 'EUR' },
      ...(replaces !== undefined && { replaces }),
    };
    return {
      query: DOCUMENTS.putValidatedItem,
      variables: { input: { id, kind: 'product', payload: JSON.stringify(payload) } },
      effect: new Map([
        [id, written(before, payload, { kind: 'product', sku, ...(replaces !== undefined && { replaces }) })],
      ]),
      refusal: validatedRefusal(id, sku, replaces),
      isRepeatable: false,
    };
  };

  function validatedRefusal(id: string, sku: string, replaces: string | undefined): string | null {
    if (replaces !== undefined && !history.stateOf(replaces)) {
      return 'ValidationFailed';
    }
    const holder = [...history.states].find(([, state]) => state.sku === sku);
    return holder !== undefined && holder[0] !== id ? 'Conflict' : null;
  }

  return () => {
    const kinds = [putItem, putItem, putItem, putItems, updateItem, updateItem, deleteItem, putValidatedItem];
    return random.oneOf(kinds)();
  };
}
