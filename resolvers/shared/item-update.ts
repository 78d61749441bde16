import { util, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { UpdateItemInput } from '../../schema/generated/schema.ts';
import { writeCondition, type WriteStash } from './write.ts';

/** An UpdateItem in the making: clauses of its expression, and the aliases they use. */
export type ItemUpdate = {
  set: string[];
  remove: string[];
  names: Record<string, string>;
  values: Record<string, unknown>;
  /** A further clause of the condition, on the payload's type. */
  payloadType: { clause: string } | null;
};

/** What every update changes: the version, the time, and expiry and owner when the input names them. */
export function beginUpdate(input: UpdateItemInput): ItemUpdate {
  const update: ItemUpdate = {
    set: ['#version = #version + :one', '#updatedAt = :time'],
    remove: [],
    names: { '#version': 'version', '#updatedAt': 'updatedAt' },
    values: { ':one': 1, ':time': util.time.nowISO8601() },
    payloadType: null,
  };
  if (input.expiresAt !== undefined) {
    update.names['#expiresAt'] = 'expiresAt';
    if (input.expiresAt === null) {
      update.remove.push('#expiresAt');
    } else {
      update.set.push('#expiresAt = :expiresAt');
      update.values[':expiresAt'] = input.expiresAt;
    }
  }
  if (input.owner !== undefined) {
    update.names['#owner'] = 'owner';
    if (input.owner === null) {
      update.remove.push('#owner');
    } else {
      update.set.push('#owner = :owner');
      update.values[':owner'] = input.owner;
    }
  }
  return update;
}

export function updateItemRequest(update: ItemUpdate, stash: WriteStash): DynamoDBUpdateItemRequest {
  const condition = writeCondition(stash, false);
  if (update.payloadType) {
    condition.expression += ` AND ${update.payloadType.clause}`;
    condition.expressionNames['#payload'] = 'payload';
    condition.expressionValues[':map'] = util.dynamodb.toDynamoDB('M');
  }
  const removal = update.remove.length > 0 ? ` REMOVE ${update.remove.join(', ')}` : '';
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id: stash.id }),
    update: {
      expression: `SET ${update.set.join(', ')}${removal}`,
      expressionNames: update.names,
      expressionValues: util.dynamodb.toMapValues(update.values),
    },
    condition,
  };
}
