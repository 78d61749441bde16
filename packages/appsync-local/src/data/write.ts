import { RequestRefused } from '../auth/caller.ts';
import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import type { DynamoDbError } from '../database/dynamodb-error.ts';
import { badRequest } from '../http/own-page-answers.ts';
import type { TableModel } from '../template/app-model.ts';
import type { Item, Written } from './data-view.ts';
import { keyOf } from './tables.ts';
import { itemOf } from './values.ts';

/**
 * Writes or deletes one item: `{table, before, after}`, where `before` is the item as it was looked at, null for a new one, and `after`
 * null deletes it. It goes through the table like any write, so streams have it; but only if the item is still as it was.
 *
 * @throws RequestRefused 409 when somebody has changed the item meanwhile, 400 for a body of another shape; DynamoDbError
 */
export async function writeItem(
  client: DynamoDbClient,
  table: TableModel,
  body: Record<string, unknown>,
): Promise<Written> {
  const before = itemOf(body.before, 'before');
  const after = itemOf(body.after, 'after');
  const item = after ?? before;
  if (!item) {
    throw badRequest('Send before (the item as it was), after (the item as it is to be), or both.');
  }
  const key = keyIn(table, item);
  if (before && JSON.stringify(keyIn(table, before)) !== JSON.stringify(key)) {
    throw badRequest('An item keeps its key. To change it, add a new item and delete this one.');
  }
  const operation = after ? 'PutItem' : 'DeleteItem';
  try {
    const { ConsumedCapacity } = await client.call<{ ConsumedCapacity?: { CapacityUnits: number } }>(
      operation,
      {
        TableName: table.tableName,
        ...(after ? { Item: after } : { Key: key }),
        ...unchanged(before, after, Object.keys(key)[0]!),
        ReturnConsumedCapacity: 'TOTAL',
      },
    );
    return { operation, units: ConsumedCapacity?.CapacityUnits ?? 0 };
  } catch (error) {
    if ((error as DynamoDbError).name !== 'ConditionalCheckFailedException') {
      throw error;
    }
    throw new RequestRefused(
      409,
      'ConditionalCheckFailedException',
      before
        ? 'Somebody has changed or deleted the item since it was read, so nothing was written. Read it again.'
        : 'An item with this key already exists, so nothing was written.',
    );
  }
}

function keyIn(table: TableModel, item: Item): Item {
  return Object.fromEntries(
    keyOf(table, table.keySchema).map(({ name }) => {
      const value = item[name];
      if (!value) {
        throw badRequest(`The item lacks ${name}, which is part of the table's key.`);
      }
      return [name, value];
    }),
  );
}

/** The condition that each attribute is as it was, and that none of the new ones was there. */
function unchanged(before: Item | undefined, after: Item | undefined, keyName: string): object {
  const known = Object.entries(before ?? {});
  const added = before ? Object.keys(after ?? {}).filter((name) => !Object.hasOwn(before, name)) : [keyName];
  const names = [...known.map(([name]) => name), ...added];
  return {
    ConditionExpression: [
      ...known.map((_, index) => `#a${index} = :a${index}`),
      ...added.map((_, index) => `attribute_not_exists(#a${known.length + index})`),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#a${index}`, name])),
    ...(known.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(known.map(([, value], index) => [`:a${index}`, value])),
    }),
  };
}
