import { NOW } from './evaluate.ts';

/** Seconds, one before and one after the time of every evaluation. */
export const EXPIRED = NOW / 1000 - 1;
export const LATER = NOW / 1000 + 1;
export const TIME = '2026-03-01T12:00:00.000Z';

/** An item as the table holds it: nobody's, not validated, without an end. */
export const stored = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'a',
  payload: { n: 1 },
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-02-01T00:00:00.000Z',
  ...more,
});

export const CONDITION_FAILED = {
  type: 'DynamoDB:ConditionalCheckFailedException',
  message: 'The conditional request failed',
};
export const TRANSACTION_CONFLICT = {
  type: 'DynamoDB:TransactionConflictException',
  message: 'Transaction is ongoing for the item',
};
export const THROTTLED = { type: 'DynamoDB:ThrottlingException', message: 'Rate exceeded' };
export const BROKEN = { type: 'DynamoDB:AmazonDynamoDBException', message: 'secret cause' };
