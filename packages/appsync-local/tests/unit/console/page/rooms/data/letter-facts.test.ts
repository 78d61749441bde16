import { expect, it } from 'vitest';
import { factsOf } from '../../../../../../src/console/page/rooms/data/letter-facts.ts';

const LETTER = {
  timestamp: '2026-11-30T10:00:00.000Z',
  requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
  DDBStreamBatchInfo: { batchSize: 2, startSequenceNumber: '7', endSequenceNumber: '9' },
};

it('says when, why and which records', () => {
  expect(factsOf(LETTER)).toBe(
    '2026-11-30T10:00:00.000Z: RetryAttemptsExhausted after 3 invocations, 2 records (7 to 9)',
  );
});

it.each([['by hand'], [null], [{ own: 'message' }]])('shows %j as it is', (message) => {
  expect(factsOf(message)).toBe(JSON.stringify(message));
});
