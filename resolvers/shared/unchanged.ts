import { util } from '@aws-appsync/utils';
import { isGiven } from './input.ts';
import { isLive, type StoredItem } from './stored-item.ts';

/**
 * The condition of an action in a transaction: the row is still what was read. `createdAt` tells it from one that was
 * deleted and created again, which counts its versions from 1 too; `owner` from one that a script gave to somebody else without
 * counting; and a reference to it made since must not be forgotten.
 */
export function unchanged(read: StoredItem) {
  let expression = '#version = :version AND #createdAt = :createdAt';
  const expressionNames: Record<string, string> = { '#version': 'version', '#createdAt': 'createdAt' };
  const values: Record<string, unknown> = { ':version': read.version, ':createdAt': read.createdAt };
  expressionNames['#owner'] = 'owner';
  if (isGiven(read.owner)) {
    expression += ' AND #owner = :owner';
    values[':owner'] = read.owner;
  } else {
    expression += ' AND attribute_not_exists(#owner)';
  }
  if (!read.referenced) {
    expression += ' AND attribute_not_exists(#referenced)';
    expressionNames['#referenced'] = 'referenced';
  }
  if (!isLive(read)) {
    expression += ' AND #expiresAt <= :now';
    expressionNames['#expiresAt'] = 'expiresAt';
    values[':now'] = util.time.nowEpochSeconds();
  }
  return {
    expression,
    expressionNames,
    expressionValues: util.dynamodb.toMapValues(values),
    returnValuesOnConditionCheckFailure: false,
  };
}
