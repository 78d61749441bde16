import { answered } from '../data-source.ts';
import { readOptionalCondition, writeConditionally } from './condition.ts';
import { members, VERSIONING, type Operation } from './dynamodb-operation.ts';
import { Aliases } from './expressions.ts';
import { checkMembers, readOptionalTypedMap, readTypedMap } from './read-request.ts';
import { sameItem } from './same-item.ts';
import { mapFromWire } from './typed-values.ts';

const MEMBERS = members('key', 'attributeValues', 'condition', ...VERSIONING);

/**
 * Returns the item as written. A failed condition counts as success when the stored item equals the given one, apart from the
 * attributes in `condition.equalsIgnore` (docs/facts/dynamodb.md#condition-same).
 */
export const putItem: Operation = (request, place, invocation) => {
  checkMembers(request, MEMBERS, '$');
  const key = readTypedMap(request.key, '$[key]');
  const Item = { ...readOptionalTypedMap(request.attributeValues, '$[attributeValues]'), ...key };
  const condition = readOptionalCondition(request.condition);
  const aliases = new Aliases();
  const input = {
    TableName: place.tableName,
    Item,
    ConditionExpression: condition && aliases.add(condition.expression),
    ...aliases.parameters(),
  };
  return writeConditionally(place, {
    request,
    invocation,
    key,
    condition,
    write: async () => {
      await place.client.call('PutItem', input);
      return answered(mapFromWire(Item));
    },
    isDone: (current) => current !== undefined && sameItem(current, Item, condition?.equalsIgnore),
    again: (other) => putItem(other, place, invocation),
  });
};
