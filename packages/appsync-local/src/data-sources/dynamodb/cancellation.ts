import type { DynamoDbError } from '../../database/dynamodb-error.ts';
import { failed, type Outcome } from '../data-source.ts';
import { dataSourceError, isDynamoDbError } from './errors.ts';
import { mapFromWire, type WireMap } from './typed-values.ts';

/** AppSync's own wording of DynamoDB's `ConditionalCheckFailed` (docs/facts/dynamodb.md#transact-reasons). */
const CONDITION_FAILED = { type: 'ConditionCheckFailed', message: 'The condition check failed.' };
const NONE = { type: 'None', message: 'None' };

/**
 * Runs a transaction. If it is cancelled, `ctx.result` has one reason per requested item, beside `ctx.error`.
 *
 * @param member Of the result without a failure: `keys` or `items`, which is then null.
 */
export async function orCancelled(member: 'keys' | 'items', run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    if (!isDynamoDbError(error) || error.name !== 'TransactionCanceledException') {
      throw error;
    }
    return failed(dataSourceError(error), { [member]: null, cancellationReasons: reasonsOf(error) });
  }
}

const reasonsOf = ({ cancellationReasons = [] }: DynamoDbError): object[] =>
  cancellationReasons.map(({ Code = 'None', Message, Item }) => ({
    ...(Item && { item: mapFromWire(Item as WireMap) }),
    ...wordsOf(Code, Message),
  }));

function wordsOf(code: string, message: string | undefined): { type: string; message: string } {
  if (code === 'None') {
    return NONE;
  }
  if (code === 'ConditionalCheckFailed') {
    return CONDITION_FAILED;
  }
  return { type: code, message: message ?? code };
}
