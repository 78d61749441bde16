import { expect, it } from 'vitest';
import { evaluate } from '../evaluate.ts';
import { BROKEN } from '../stored.ts';

const filter = { expression: 'f' };
const begun = {
  source: { filter },
  limit: 3,
  items: [],
  token: null,
  seen: [],
  size: 0,
  scanned: 0,
  matched: 0,
  done: false,
};
const query = { index: 'byKind', query: { expression: 'q' }, filter };
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
  ['a Scan', { filter }, { operation: 'Scan', limit: 3, nextToken: null, filter }],
  [
    'a Query, forward by default',
    query,
    { operation: 'Query', ...query, scanIndexForward: true, limit: 3, nextToken: null },
  ],
  [
    'a Query backward',
    { ...query, scanIndexForward: false },
    { operation: 'Query', ...query, scanIndexForward: false, limit: 3, nextToken: null },
  ],
])('reads by %s', (_, source, expected) => {
  expect(request({ source }).result).toEqual(expected);
});

it('reads what is missing, from where it stopped', () => {
  expect(request({ items: items('a', 'b'), token: 't' }).result).toMatchObject({ limit: 1, nextToken: 't' });
});

it('ends the pipeline when the page is done', () => {
  expect(request({ done: true })).toMatchObject({ result: null, skipTo: 'END' });
});

it.each([
  ['as many as are missing where all meet the filter', { scanned: 3, matched: 3 }, 3],
  ['ten times as many where one in ten does', { scanned: 30, matched: 3 }, 30],
  ['a thousand where none has met it', { scanned: 3, matched: 0 }, 1000],
  ['a thousand at most', { scanned: 9000, matched: 1 }, 1000],
  ['enough to pass what was handed out', { seen: ['a', 'b'], token: 't' }, 5],
  ['as many as the read that is taken up again', { seen: ['a'], token: 't', size: 40 }, 40],
])('looks at %s', (_, stash, expected) => {
  expect(sizeAfter(stash)).toBe(expected);
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

it.each([
  [{ type: 'DynamoDB:UserIllegalArgumentException', message: 'Invalid token' }, 'BadRequest'],
  [BROKEN, 'InternalError'],
])('raises %j as %s', (error, errorType) => {
  const evaluated = evaluate('pipeline/read-items-page', { stash: begun, error }, 'response');

  expect(evaluated.error).toMatchObject({ errorType });
});
