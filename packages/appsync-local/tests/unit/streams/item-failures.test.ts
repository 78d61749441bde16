import { describe, expect, it } from 'vitest';
import { readItemFailures } from '../../../src/streams/item-failures.ts';

const failed = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the answer of a function with ReportBatchItemFailures', () => {
  it.each([null, undefined, '', {}, { batchItemFailures: [] }, { batchItemFailures: null }, { other: 1 }])(
    '%j says that all went well',
    (answer) => {
      expect(readItemFailures(answer, ['7', '8', '9'])).toEqual({ all: true });
    },
  );

  it.each([
    [failed('8'), 1],
    [failed('9', '8'), 1],
    [failed('7'), 0],
    [failed('9'), 2],
  ])('%j begins the retry at the lowest number', (answer, handled) => {
    expect(readItemFailures(answer, ['7', '8', '9'])).toMatchObject({ all: false, handled });
  });

  it.each([
    [failed('')],
    [failed(null)],
    [failed('8', '5')],
    [{ batchItemFailures: [{ id: '8' }] }],
    [{ batchItemFailures: [null] }],
    [{ batchItemFailures: '8' }],
    ['done'],
  ])('%j counts as a failure of the whole batch', (answer) => {
    expect(readItemFailures(answer, ['7', '8', '9'])).toMatchObject({ all: false, handled: 0 });
  });
});
