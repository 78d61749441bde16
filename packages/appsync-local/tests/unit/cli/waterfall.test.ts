import { expect, test } from 'vitest';
import { listLines, waterfallLines } from '../../../src/cli/waterfall.ts';
import type { RecordedRequest } from '../../../src/recorder/recorded-request.ts';

const handler = (startMs: number, ms: number, more: object = {}) => ({
  startMs,
  ms,
  stashBefore: {},
  stashAfter: {},
  ...more,
});
const request = {
  number: 1,
  id: 'id-1',
  at: '2026-11-29T23:17:40.439Z',
  door: 'http',
  title: 'query A\u001b[2J { a }',
  status: 200,
  ms: 32,
  errors: 1,
  mode: 'API_KEY',
  caller: { mode: 'API_KEY', identity: null },
  authorizedMs: 1,
  resolvers: [
    {
      field: 'Query.a',
      path: ['a'],
      startMs: 0,
      ms: 32,
      errors: [],
      steps: [
        {
          number: 1,
          kind: 'AppSync function',
          name: 'aVeryLongNameOfAFunctionThatDoesNotFitIntoItsColumn',
          request: handler(16, 16, { error: { errorType: 'Refusal', message: 'no' } }),
        },
      ],
    },
  ],
  lines: [{ atMs: 1, level: 'ERROR', place: 'a.ts:1:2', title: 'resolver Query.a', words: 'oh\nno' }],
  subscribers: [],
  answer: { errors: [{ path: ['a', 0], errorType: 'Refusal', message: 'no' }] },
  units: { read: 1.5, write: 0 },
  cost: { usd: 0.0000041875, parts: [], region: 'us-east-1', compiled: '2026-11-24' },
  cutBytes: 10,
  resolversLeftOut: 0,
} as unknown as RecordedRequest;

const plain = (_style: string, text: string): string => text;

test('draws each step where it was in time, and says what it came to', () => {
  expect(waterfallLines(request, plain)).toEqual([
    'query A [2J { a }  200 1 error  32.00 ms',
    'request id-1, 2026-11-29T23:17:40.439Z, API_KEY',
    '',
    `${'authorize'.padEnd(44)}    1.00 ms █`,
    `${'Query.a  a'.padEnd(44)}   32.00 ms ${'█'.repeat(32)}`,
    `  1 aVeryLongNameOfA…itIntoItsColumn request   16.00 ms ${' '.repeat(16)}${'█'.repeat(16)} Refusal: no`,
    '  ERROR a.ts:1:2  oh no',
    '  Refusal at a.0: no',
    '',
    '1.5 read units, 0 write units. A million of these cost $4.19 on AWS (list prices of us-east-1, 2026-11-24)',
    'Not recorded, because the values are too large: about 10 bytes.',
  ]);
});

test('lists the newest request last, with who made it', () => {
  const lines = listLines([request, { ...request, id: 'id-0', errors: 0, madeBy: 'notify' }], plain);

  expect(lines[0]).toMatch(
    /^23:17:40\.439 200 +32\.00 ms {2}query A \[2J \{ a \} +id-0 {2}API_KEY, made by notify$/,
  );
  expect(lines[1]).toMatch(/200 1 error .*id-1 {2}API_KEY$/);
});
