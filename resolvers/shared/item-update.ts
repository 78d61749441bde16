import { util, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { UpdateItemInput } from '../../schema/generated/schema.ts';
import { hasMember, isGiven } from './input.ts';
import { storedNow } from './stored-time.ts';
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
export function beginUpdate(input: UpdateItemInput, stash: WriteStash): ItemUpdate {
  const update: ItemUpdate = {
    set: ['#version = #version + :one', '#updatedAt = :time'],
    remove: [],
    names: { '#version': 'version', '#updatedAt': 'updatedAt' },
    values: { ':one': 1, ':time': storedNow() },
    payloadType: null,
  };
  changeMember(update, input, 'expiresAt');
  if (stash.caller.unrestricted) {
    changeMember(update, input, 'owner');
  }
  return update;
}

/** Sets the attribute to the member of the input, removes it where that is null, and leaves it where there is none. */
function changeMember(update: ItemUpdate, input: UpdateItemInput, name: 'expiresAt' | 'owner'): void {
  if (!hasMember(input, name)) {
    return;
  }
  update.names[`#${name}`] = name;
  if (isGiven(input[name])) {
    update.set.push(`#${name} = :${name}`);
    update.values[`:${name}`] = input[name];
  } else {
    update.remove.push(`#${name}`);
  }
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
