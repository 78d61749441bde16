import { answered } from '../data-source.ts';
import { readOptionalCondition, writeConditionally } from './condition.ts';
import { members, VERSIONING, type Operation } from './dynamodb-operation.ts';
import { Aliases } from './expressions.ts';
import { readItem } from './plain-items.ts';
import { checkMembers, readTypedMap } from './read-request.ts';

const MEMBERS = members('key', 'condition', ...VERSIONING);

/**
 * Returns the item before deletion, or null if there was none (docs/facts/dynamodb.md#delete-item). A missing item also counts
 * as success when a condition failed (docs/facts/dynamodb.md#condition-same).
 */
export const deleteItem: Operation = (request, place, invocation) => {
  checkMembers(request, MEMBERS, '$');
  const key = readTypedMap(request.key, '$[key]');
  const condition = readOptionalCondition(request.condition);
  const aliases = new Aliases();
  const input = {
    TableName: place.tableName,
    Key: key,
    ConditionExpression: condition && aliases.add(condition.expression),
    ...aliases.parameters(),
    ReturnValues: 'ALL_OLD',
  };
  const readAttributes = (text: string) => readItem(text, 'Attributes', place.containers);
  return writeConditionally(place, {
    request,
    invocation,
    key,
    condition,
    write: async () => answered(await place.client.call('DeleteItem', input, readAttributes)),
    isDone: (current) => current === undefined,
    again: (other) => deleteItem(other, place, invocation),
  });
};
