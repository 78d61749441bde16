import { util, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import { allOf, type Expression } from '../../model/expression.ts';
import { hasMember, isGiven } from '../../model/given.ts';
import { clientMembers } from '../../model/item.ts';
import { marshalled } from './expression.ts';
import type { WriteInput } from './input.ts';
import { storedNow } from './stored-time.ts';
import { writeCondition, type WriteStash } from './write.ts';

/** An UpdateItem in the making: clauses of its expression, and the aliases they use. */
export type ItemUpdate = {
  set: string[];
  remove: string[];
  names: Record<string, string>;
  values: Record<string, unknown>;
};

/** What every update changes: the version, the time, and the members that the input names, but for the payload. */
export function beginUpdate(input: WriteInput, stash: WriteStash): ItemUpdate {
  const update: ItemUpdate = {
    set: ['#version = #version + :one', '#updatedAt = :time'],
    remove: [],
    names: { '#version': 'version', '#updatedAt': 'updatedAt' },
    values: { ':one': 1, ':time': storedNow() },
  };
  clientMembers()
    .filter((name) => name !== 'payload')
    .forEach((name) => changeMember(update, input, name));
  if (stash.caller.writesAll) {
    changeMember(update, input, 'owner');
  }
  return update;
}

/** Sets the attribute to the member of the input, removes it where that is null, and leaves it where there is none. */
function changeMember(update: ItemUpdate, input: WriteInput, name: string & keyof WriteInput): void {
  if (hasMember(input, name)) {
    setOrRemove(update, name, input[name]);
  }
}

/** Sets the attribute, or removes it where there is no value. */
export function setOrRemove(update: ItemUpdate, name: string, value: unknown): void {
  update.names[`#${name}`] = name;
  if (isGiven(value)) {
    update.set.push(`#${name} = :${name}`);
    update.values[`:${name}`] = value;
  } else {
    update.remove.push(`#${name}`);
  }
}

export function setPayload(update: ItemUpdate, payload: unknown): void {
  update.names['#payload'] = 'payload';
  update.set.push('#payload = :payload');
  update.values[':payload'] = payload ?? null;
}

export function updateItemRequest(
  id: string,
  update: ItemUpdate,
  condition: Expression,
): DynamoDBUpdateItemRequest {
  const removal = update.remove.length > 0 ? ` REMOVE ${update.remove.join(', ')}` : '';
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id }),
    update: {
      expression: `SET ${update.set.join(', ')}${removal}`,
      expressionNames: update.names,
      expressionValues: util.dynamodb.toMapValues(update.values),
    },
    condition: marshalled(condition),
  };
}

/** A condition on the type of the payload there is: whether paths can reach into it. */
export function payloadIsMap(isMap: boolean): Expression {
  const clause = 'attribute_type(#payload, :map)';
  return {
    expression: isMap ? clause : `NOT ${clause}`,
    names: { '#payload': 'payload' },
    values: { ':map': 'M' },
  };
}

/** The condition of every update, and more of them. */
export function updateCondition(stash: WriteStash, more: Expression[]): Expression {
  return allOf([writeCondition(stash, false), ...more]);
}
