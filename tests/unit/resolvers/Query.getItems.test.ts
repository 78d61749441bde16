import { describe, expect, it } from 'vitest';
import { alice } from './harness/callers.ts';
import { evaluate } from './harness/evaluate.ts';
import { BROKEN, EXPIRED, stored } from './harness/stored.ts';

const env = { ITEMS_TABLE: 'items' };
const begin = (ids: string[]) =>
  evaluate('Query.getItems', { arguments: { ids }, env, identity: alice, stash: {} });
const step = (stash: Record<string, unknown>) => evaluate('pipeline/read-items', { stash, env });

/** What DynamoDB answers to one read: items, and the keys it left out. */
interface Read {
  items: (object | null)[];
  left?: string[];
}

/** What the whole pipeline answers when its reads come to this, and how many there were. */
function answer(ids: string[], ...reads: Read[]) {
  let { stash } = begin(ids);
  let count = 0;
  for (const { items, left = [] } of reads) {
    if (step(stash).skipTo) {
      break;
    }
    count += 1;
    const result = {
      data: { items },
      unprocessedKeys: { items: left.map((id) => ({ id })) },
    };
    ({ stash } = evaluate('pipeline/read-items', { stash, env, identity: alice, result }, 'response'));
  }
  return { ...evaluate('Query.getItems', { arguments: { ids }, stash, env }, 'response'), count };
}

it('reads each id once, in one batch', () => {
  const { stash } = begin(['a', 'b', 'a', '__proto__']);

  expect(step(stash).result).toEqual({
    operation: 'BatchGetItem',
    tables: {
      items: {
        keys: [{ id: { S: 'a' } }, { id: { S: 'b' } }, { id: { S: '__proto__' } }],
        consistentRead: true,
      },
    },
  });
});

it('asks nobody for no ids', () => {
  expect(answer([], { items: [] })).toMatchObject({ result: [], count: 0 });
});

it('takes 100 ids and no more', () => {
  const ids = Array.from({ length: 101 }, (_, n) => `id ${n}`);

  expect(begin(ids.slice(1)).error).toBeUndefined();
  expect(begin(ids).error).toMatchObject({
    message: 'ids has 101 entries; at most 100 are allowed',
    errorInfo: { field: 'ids' },
  });
});

it('refuses a blank id among others', () => {
  expect(begin(['a', ' ']).error).toMatchObject({ message: 'id is required', errorInfo: { field: 'ids' } });
});

it('answers in the order of the ids, with null for what the caller may not see', () => {
  const a = stored({ id: 'a', owner: 'alice' });
  const b = stored({ id: 'b' });
  const items = [b, null, a, stored({ id: 'c', owner: 'bob' }), stored({ id: 'd', expiresAt: EXPIRED })];

  const { result } = answer(['a', 'none', 'b', 'c', 'd', 'a'], { items });

  expect(result).toEqual([a, null, b, null, null, a]);
});

describe('what one read of DynamoDB leaves out', () => {
  it('is read by the next ones, until nothing is left', () => {
    const [a, b] = [stored({ id: 'a' }), stored({ id: 'b' })];

    const { result, count } = answer(
      ['a', 'b'],
      { items: [a, null], left: ['b'] },
      { items: [b] },
      { items: [] },
    );

    expect(result).toEqual([a, b]);
    expect(count).toBe(2);
    expect(step({ ...begin(['a', 'b']).stash, unread: ['b'] }).result).toMatchObject({
      tables: { items: { keys: [{ id: { S: 'b' } }] } },
    });
  });

  it('is throttled rather than missing in the answer', () => {
    const none = { items: [], left: ['a'] };

    expect(answer(['a'], none, none, none).error).toMatchObject({ errorType: 'Throttled' });
  });

  it('is not read when the answer is too large already', () => {
    const heavy = { items: [0, 1, 2].map((n) => large(`${n}`, 2_000_000)), left: ['3'] };

    const { error, count } = answer(['0', '1', '2', '3'], heavy, heavy);

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'ids', fits: 2 } });
    expect(count).toBe(1);
  });
});

const large = (id: string, characters: number, owner = 'alice', character = 'x') =>
  stored({ id, owner, payload: character.repeat(characters) });

describe('more than 5 MB', () => {
  const ids = ['a', 'b', 'c'];
  const of = (characters: number, owner?: string, character?: string): Read => ({
    items: ids.map((id) => large(id, characters, owner, character)),
  });

  it.each<[string, Read, number]>([
    ['plain text', of(1_800_000), 2],
    ['text of three bytes a character', of(600_000, undefined, '\u20ac'), 2],
    ['escapes', of(300_000, undefined, '\u0001'), 2],
  ])('of %s are refused, with how many fit', (_, read, fits) => {
    expect(answer(ids, read).error).toEqual({
      errorType: 'BadRequest',
      message: `the items of these 3 ids are larger than the 5 MB that one answer holds; ask for the first ${fits}, then for the others`,
      data: null,
      errorInfo: { code: 'answer_too_large', retryable: false, field: 'ids', fits },
    });
  });

  it('up to that are answered', () => {
    expect(answer(ids, of(1_650_000)).result).toHaveLength(3);
  });

  it("of others' items do not show", () => {
    expect(answer(ids, of(1_800_000, 'bob')).result).toEqual([null, null, null]);
  });

  it('of one item, repeated, are refused', () => {
    const { error } = answer(Array<string>(30).fill('a'), { items: [large('a', 400_000)] });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { fits: 12 } });
  });
});

it('hides the cause of a failure', () => {
  const { stash } = begin(['a']);

  const { error } = evaluate('pipeline/read-items', { stash, env, error: BROKEN }, 'response');

  expect(error).toMatchObject({ errorType: 'InternalError', message: 'internal error' });
});
