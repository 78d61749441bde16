import { answered } from '../data-source.ts';
import { readOptionalCondition, writeConditionally } from './condition.ts';
import { Aliases, readExpression } from './expressions.ts';
import { members, VERSIONING, type Operation } from './operation.ts';
import { checkMembers, readTypedMap } from './read-request.ts';
import { itemFromWire, type WireMap } from './typed-values.ts';

const MEMBERS = members('key', 'update', 'condition', ...VERSIONING);

/** Answers the item after the update, which creates it where there is none (facts 4.2). */
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
  return writeConditionally(place, {
    request,
    invocation,
    key,
    condition,
    write: async () => {
      const { Attributes } = await place.client.call<{ Attributes?: WireMap }>('UpdateItem', input);
      return answered(itemFromWire(Attributes, place.containers));
    },
    isDone: () => false,
    again: (other) => updateItem(other, place, invocation),
  });
};
