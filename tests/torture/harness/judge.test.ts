import { expect, it } from 'vitest';
import { Findings } from '../findings.ts';
import { answerOf, Judge } from './judge.ts';
import { Marks } from './marks.ts';

const marks = new Marks('judge');
const mark = marks.make('alice');
marks.guard('"owner":"alice"', 'alice');

/** What is found in an answer that Bob got. */
function foundIn(status: number, text: string, sent = ''): string[] {
  const findings = new Findings();
  new Judge(findings, marks).judge(answerOf(status, text), 'bob', sent);
  return findings.problems.map(({ harm, what }) => `${harm}: ${what}`);
}

const error = (errorType: string | null, message = 'no', path: unknown = ['putItem']): string =>
  JSON.stringify({ data: null, errors: [{ errorType, message, path }] });

it.each([
  ['data', 200, '{"data":{"getItem":null}}'],
  ['a refusal', 200, error('BadRequest')],
  ['a document that does not fit', 200, error(null, 'Validation error', null)],
  [
    'a request that is refused',
    400,
    '{"errors":[{"errorType":"MalformedHttpRequestException","message":"no"}]}',
  ],
])('takes %s', (_, status, text) => {
  expect(foundIn(status, text)).toEqual([]);
});

it.each([
  ['a mistake', 200, error('InternalError'), 'wrong: errorType InternalError of putItem, which is not documented for bad input'],
  ['an exception of a resolver', 200, error('Code'), 'wrong: errorType Code of putItem, which is not documented for bad input'],
  ['a type nobody documents', 200, error('Nope'), 'wrong: errorType Nope of putItem, which is not documented for bad input'],
  ['an error of a field without a type', 200, error(null), 'wrong: an error of a field without a type: no'],
  ['an error without a message', 200, error('BadRequest', ''), 'wrong: an error without a message'],
  ['status 500', 500, '{"errors":[]}', 'wrong: status 500'],
  ['no GraphQL', 200, '<html>', 'wrong: an answer that is no GraphQL'],
  ['a stack trace', 200, error('BadRequest', 'no\n    at f (/app/x.js:1:2)'), 'leaked: an answer shows the inside of the server'],
  ['a mark', 200, `{"data":{"a":"${mark}"}}`, 'leaked: bob saw what is not its own'],
  ['a mark in an error', 200, error('Conflict', `item ${mark}`), 'leaked: bob saw what is not its own'],
  ['a mark in base64', 200, `{"data":{"nextToken":"${Buffer.from(`{"token":"${mark}"}`).toString('base64')}"}}`, 'leaked: bob saw what is not its own'],
  ['whose an item is', 200, '{"data":{"owner":"alice"}}', 'leaked: bob saw what is not its own'],
])('finds %s', (_, status, text, found) => {
  expect(foundIn(status, text)).toEqual([found]);
}); // oxfmt-ignore

it('takes what the caller has said itself', () => {
  expect(foundIn(200, error('NotFound', `item ${mark} does not exist`), `{"id":"${mark}"}`)).toEqual([]);
});
