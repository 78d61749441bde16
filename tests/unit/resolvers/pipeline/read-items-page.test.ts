import { describe, expect, it } from 'vitest';
import { evaluate } from '../harness/evaluate.ts';
import { BROKEN } from '../harness/stored.ts';

const filter = { expression: 'f', names: {}, values: {} };
const marshalled = (expression: string) => ({ expression, expressionNames: {}, expressionValues: {} });
const begun = {
  source: { filter },
  limit: 3,
  items: [],
  full: false,
  token: null,
  seen: [],
  size: 0,
  scanned: 0,
  matched: 0,
  stride: 1,
  most: 1000,
  done: false,
};
const query = { index: 'byKind', query: { expression: 'q', names: {}, values: {} }, filter };
const asked = { index: 'byKind', query: marshalled('q'), filter: marshalled('f') };
const items = (...ids: string[]) => ids.map((id) => ({ id }));

const request = (stash: object) => evaluate('pipeline/read-items-page', { stash: { ...begun, ...stash } });
const sizeAfter = (stash: object) => (request(stash).result as { limit: number }).limit;
const respond = (stash: object, found: { id: string }[], nextToken: string | null, scannedCount = 3) =>
  evaluate(
    'pipeline/read-items-page',
    { stash: { ...begun, ...stash }, result: { items: found, nextToken, scannedCount } },
    'response',
  ).stash;

it.each([
  ['a Scan', { filter }, { operation: 'Scan', limit: 3, nextToken: null, filter: marshalled('f') }],
  [
    'a Query, forward by default',
    query,
    { operation: 'Query', ...asked, scanIndexForward: true, limit: 3, nextToken: null },
  ],
  [
    'a Query backward',
    { ...query, scanIndexForward: false },
    { operation: 'Query', ...asked, scanIndexForward: false, limit: 3, nextToken: null },
  ],
])('reads by %s', (_, source, expected) => {
  expect(request({ source }).result).toEqual(expected);
});

it('reads what is missing, from where it stopped', () => {
  expect(request({ items: items('a', 'b'), token: 't' }).result).toMatchObject({ limit: 1, nextToken: 't' });
});

it('ends the pipeline when the page is done', () => {
  expect(request({ done: true })).toMatchObject({ result: {}, skipTo: 'END' });
});

it.each([
  ['as many as are missing where all meet the filter', { scanned: 3, matched: 3 }, 3],
  ['ten times as many where one in ten does', { scanned: 30, matched: 3 }, 30],
  ['a thousand where none has met it', { scanned: 3, matched: 0 }, 1000],
  ['ten times as many after a read that found none', { scanned: 30, matched: 3, stride: 10 }, 300],
  ['a thousand at most', { scanned: 9000, matched: 1 }, 1000],
  ['enough to pass what was handed out', { seen: ['a', 'b'], token: 't' }, 5],
  ['as many as the read that is taken up again', { seen: ['a'], token: 't', size: 40 }, 40],
])('looks at %s', (_, stash, expected) => {
  expect(sizeAfter(stash)).toBe(expected);
});

it('looks at ten times what a read saw that ended at 1 MB, and at a thousand again after one that did not', () => {
  const cut = respond({}, [], 't', 2);
  const whole = respond({ ...cut }, [], 'u', 20);

  expect([sizeAfter(cut), sizeAfter(whole)]).toEqual([20, 1000]);
  expect(sizeAfter({ ...cut, matched: 1, stride: 10 })).toBe(20);
});

it('reads on after a page in which DynamoDB looked at nothing', () => {
  const empty = respond({}, [], 't', 0);
  const full = respond({ items: items('a', 'b', 'c'), full: true, token: 't' }, [], 'u', 0);

  expect(empty).toMatchObject({ token: 't', done: false });
  expect([sizeAfter(empty), sizeAfter(full)]).toEqual([3, 1]);
});

it('fills the page and goes on where the data goes on', () => {
  expect(respond({ items: items('a') }, items('b'), 't')).toMatchObject({
    items: items('a', 'b'),
    token: 't',
    scanned: 3,
    matched: 1,
    done: false,
  });
});

it('is done at the end of the data', () => {
  expect(respond({ items: items('a') }, [], null)).toMatchObject({
    items: items('a'),
    token: null,
    size: 0,
    done: true,
  });
});

/** The sizes of the reads of a listing in which the first `meeting` of `count` items meet the filter. */
function readsOf(limit: number, meeting: number, count: number): number[] {
  const sizes: number[] = [];
  let at = 0;
  let stash: Record<string, unknown> = { limit };
  while (!stash['done'] && sizes.length < 10) {
    const size = Math.min(sizeAfter(stash), count - at);
    const found = items(...Array.from({ length: size }, (_, n) => `i${at + n}`)).slice(
      0,
      Math.max(meeting - at, 0),
    );
    at += size;
    sizes.push(size);
    stash = respond(stash, found, at < count ? String(at) : null, size);
  }
  return stash['done'] ? sizes : [];
}

it.each([
  [1, 1, 990, [1, 1, 20, 968]],
  [20, 19, 2000, [20, 2, 20, 300, 1000, 658]],
])('by %i finds the end of a listing whose only %i of %i come first', (limit, meeting, count, sizes) => {
  expect(readsOf(limit, meeting, count)).toEqual(sizes);
});

it('leaves what is too much for the next page, and remembers what it took of that read', () => {
  const stash = respond({ items: items('a', 'b'), token: 't' }, items('c', 'd'), 'u');

  expect(stash).toMatchObject({ items: items('a', 'b', 'c'), token: 't', seen: ['c'], done: true });
});

it('passes over what was handed out, and forgets it once that read is over', () => {
  const stash = respond({ token: 't', seen: ['a', 'gone'] }, items('a', 'b'), 'u');

  expect(stash).toMatchObject({ items: items('b'), token: 'u', seen: ['gone'], done: false });
});

it('looks beyond a full page: something follows, so the token stays where it was', () => {
  const stash = respond({ items: items('a', 'b', 'c'), token: 't' }, items('next'), 'u');

  expect(stash).toMatchObject({ items: items('a', 'b', 'c'), token: 't', seen: [], done: true });
});

it('looks beyond a full page: nothing passed the filter, so the token moves on', () => {
  const full = { items: items('a', 'b', 'c'), token: 't' };

  expect(respond(full, [], 'u')).toMatchObject({ token: 'u', done: false });
  expect(respond(full, [], null)).toMatchObject({ token: null, done: true });
});

describe('items too large for one answer', () => {
  const heavy = (characters: number, ...ids: string[]) =>
    ids.map((id) => ({ id, payload: 'x'.repeat(characters) }));
  const idsOf = (stash: Record<string, unknown>) => (stash['items'] as { id: string }[]).map(({ id }) => id);

  it('end the page, which is not filled further, and the next read looks whether anything follows', () => {
    const stash = respond({ limit: 10 }, heavy(300_000, 'a', 'b', 'c'), 't');

    expect(idsOf(stash)).toEqual(['a', 'b', 'c']);
    expect(stash).toMatchObject({ full: true, token: 't', size: 0, done: false });
    expect(sizeAfter(stash)).toBe(1);
    expect(respond({ ...stash }, heavy(300_000, 'd'), 'u')).toMatchObject({
      ...{ token: 't', seen: [], size: 1, done: true },
    });
    expect(respond({ ...stash }, [], null)).toMatchObject({ token: null, size: 0, done: true });
  });

  it('leave the rest of a read for the next page', () => {
    const stash = respond({ limit: 10, token: 't' }, heavy(500_000, 'a', 'b', 'c', 'd', 'e'), 'u');

    expect(idsOf(stash)).toEqual(['a', 'b', 'c']);
    expect(stash).toMatchObject({ token: 't', seen: ['a', 'b', 'c'], size: 10, done: true });
  });

  it('count with those that the page has already', () => {
    const first = respond({ limit: 10 }, heavy(100_000, 'a', 'b', 'c', 'd', 'e'), 't');
    const second = respond({ ...first }, heavy(500_000, 'f', 'g', 'h'), 'u');

    expect(first).toMatchObject({ full: false, done: false });
    expect(idsOf(second)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(second).toMatchObject({ token: 't', seen: ['f', 'g'], done: true });
  });

  it('are counted as JSON has them, and one fits always', () => {
    const items = ['a', 'b'].map((id) => ({ id, payload: '\u0001'.repeat(400_000) }));

    expect(idsOf(respond({ limit: 10, token: 't' }, items, null))).toEqual(['a']);
    expect(idsOf(respond({ limit: 10, token: 't', seen: ['a'] }, items, null))).toEqual(['b']);
  });
});

it.each([
  [{ type: 'DynamoDB:UserIllegalArgumentException', message: 'Invalid token' }, 'BadRequest'],
  [BROKEN, 'InternalError'],
])('raises %j as %s', (error, errorType) => {
  const evaluated = evaluate('pipeline/read-items-page', { stash: begun, error }, 'response');

  expect(evaluated.error).toMatchObject({ errorType });
});
