import { answered } from '../data-source.ts';
import { readOptionalCondition, writeConditionally } from './condition.ts';
import { members, VERSIONING, type Operation } from './dynamodb-operation.ts';
import { Aliases, readExpression } from './expressions.ts';
import { readItem } from './plain-items.ts';
import { checkMembers, readTypedMap } from './read-request.ts';

const MEMBERS = members('key', 'update', 'condition', ...VERSIONING);

/** Returns the item after the update, which creates a missing item (docs/facts/dynamodb.md#update-item). */
export const updateItem: Operation = (request, place, invocation) => {
  checkMembers(request, MEMBERS, '$');
  const key = readTypedMap(request.key, '$[key]');
  const update = readExpression(request.update, '$[update]');
  const condition = readOptionalCondition(request.condition);
  const aliases = new Aliases();
  const input = {
    TableName: place.tableName,
    Key: key,
    UpdateExpression: aliases.add(update),
    ConditionExpression: condition && aliases.add(condition.expression),
    ...aliases.parameters(),
    ReturnValues: 'ALL_NEW',
  };
  const readAttributes = (text: string) => readItem(text, 'Attributes', place.containers);
  return writeConditionally(place, {
    request,
    invocation,
    key,
    condition,
    write: async () => answered(await place.client.call('UpdateItem', input, readAttributes)),
    isDone: () => false,
    again: (other) => updateItem(other, place, invocation),
  });
};
