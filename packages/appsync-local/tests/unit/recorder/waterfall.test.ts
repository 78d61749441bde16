import { expect, test } from 'vitest';
import type { RecordedAsk, RecordedRequest, RecordedStep } from '../../../src/recorder/recorded-request.ts';
import { rowsOf } from '../../../src/recorder/waterfall.ts';

const handler = (startMs: number, more: object = {}) => ({
  startMs,
  ms: 1,
  stashBefore: {},
  stashAfter: {},
  ...more,
});
const ask = (more: Partial<RecordedAsk>): RecordedAsk => ({
  name: 'Items',
  type: 'AMAZON_DYNAMODB',
  startMs: 2,
  ms: 3,
  request: {},
  result: null,
  error: null,
  calls: [],
  ...more,
});
const call = (more: object = {}) => ({
  service: 'DynamoDB',
  operation: 'GetItem',
  target: 'table',
  startMs: 2,
  ms: 3,
  ...more,
});

/** A request with one resolver of these steps. */
const requestOf = (...steps: Omit<RecordedStep, 'number' | 'kind' | 'name'>[]) =>
  ({
    authorizedMs: 0.5,
    resolvers: [
      {
        field: 'Query.a',
        path: ['a', 0],
        startMs: 1,
        ms: null,
        arguments: {},
        source: null,
        errors: [],
        steps: steps.map((step, index) => ({
          number: index + 1,
          kind: 'resolver',
          name: 'Query.a',
          ...step,
        })),
      },
    ],
    subscribers: [{ atMs: 9, mutation: 'put', subscribers: 1, bytes: 20 }],
  }) as unknown as RecordedRequest;
const told = (request: RecordedRequest) =>
  rowsOf(request).map(({ step, depth, label, note, isError }) => [step, depth, label, note, isError]);

test('has a row for each handler and call, between the authorization and what was published', () => {
  const request = requestOf(
    { request: handler(1), dataSource: ask({ calls: [call({ units: { read: 1, write: 0 } })] }) },
    { request: handler(6, { earlyReturn: 'END' }) },
  );

  expect(told(request)).toEqual([
    [null, 0, 'authorize', '', false],
    [null, 0, 'Query.a  a.0', 'not ended', false],
    [1, 1, 'Query.a request', '', false],
    [1, 2, 'DynamoDB GetItem Items', '1 read', false],
    [2, 1, 'Query.a request', 'early return, continues at END', false],
    [null, 0, 'publish put', '1 subscriber, 20 bytes', false],
  ]);
});

test('says at the call what failed there, at the handler what it raised', () => {
  const error = { type: 'X', message: 'gone' };
  const batch = { size: 3, index: 1 };

  const rows = told(
    requestOf(
      { dataSource: ask({ error, calls: [call({ units: { read: 0, write: 1 }, error })] }) },
      { dataSource: ask({ error, batch, calls: [call({ service: 'HTTP', operation: 'GET' })] }) },
      { dataSource: ask({ error, type: 'NONE' }) },
      { response: handler(7, { error: { message: 'no', errorType: 'Refusal' } }) },
    ),
  ).slice(2, -1);

  expect(rows).toEqual([
    [1, 2, 'DynamoDB GetItem Items', '1 written, X: gone', true],
    [2, 2, 'HTTP GET table', 'batch, 2 of 3, X: gone', true],
    [3, 2, 'NONE Items', 'X: gone', true],
    [4, 1, 'Query.a response', 'Refusal: no', true],
  ]);
});

test('does not repeat at the last call of DynamoDB what an earlier one failed with', () => {
  const error = { type: 'X', message: 'gone' };
  const calls = [call({ units: { read: 0, write: 1 }, error }), call({ units: { read: 1, write: 0 } })];

  const rows = rowsOf(requestOf({ dataSource: ask({ error, calls }) })).slice(2, 4);

  expect(rows.map(({ isError }) => isError)).toEqual([true, false]);
});
