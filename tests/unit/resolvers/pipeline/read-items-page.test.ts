import { expect, it } from 'vitest';
import { evaluate } from '../evaluate.ts';
import { BROKEN } from '../stored.ts';

const filter = { expression: 'f' };
const begun = { source: { filter }, limit: 3, items: [], token: null, done: false };
const query = { index: 'byKind', query: { expression: 'q' }, filter };

const request = (stash: object) => evaluate('pipeline/read-items-page', { stash: { ...begun, ...stash } });
const respond = (stash: object, items: unknown[], nextToken: string | null) =>
  evaluate(
    'pipeline/read-items-page',
    { stash: { ...begun, ...stash }, result: { items, nextToken } },
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
  expect(request({ items: [1, 2], token: 't' }).result).toMatchObject({ limit: 1, nextToken: 't' });
});

it('ends the pipeline when the page is done', () => {
  expect(request({ done: true })).toMatchObject({ result: null, skipTo: 'END' });
});

it('fills the page and goes on where the data goes on', () => {
  expect(respond({ items: ['a'] }, ['b'], 't')).toMatchObject({ items: ['a', 'b'], token: 't', done: false });
});

it('is done at the end of the data', () => {
  expect(respond({ items: ['a'] }, [], null)).toMatchObject({ items: ['a'], token: null, done: true });
});

it('looks beyond a full page: something follows, so the token stays where it was', () => {
  const stash = respond({ items: [1, 2, 3], token: 't' }, ['next'], 'u');

  expect(stash).toMatchObject({ items: [1, 2, 3], token: 't', done: true });
});

it('looks beyond a full page: nothing passed the filter, so the token moves on', () => {
  expect(respond({ items: [1, 2, 3], token: 't' }, [], 'u')).toMatchObject({ token: 'u', done: false });
  expect(respond({ items: [1, 2, 3], token: 't' }, [], null)).toMatchObject({ token: null, done: true });
});

it.each([
  [{ type: 'DynamoDB:UserIllegalArgumentException', message: 'Invalid token' }, 'BadRequest'],
  [BROKEN, 'InternalError'],
])('raises %j as %s', (error, errorType) => {
  const evaluated = evaluate('pipeline/read-items-page', { stash: begun, error }, 'response');

  expect(evaluated.error).toMatchObject({ errorType });
});
