import { answered } from '../data-source.ts';
import { Aliases, readOptionalProjection } from './expressions.ts';
import { members, type Operation } from './operation.ts';
import { checkMembers, readOptionalBoolean, readTypedMap } from './read-request.ts';
import { itemFromWire, type WireMap } from './typed-values.ts';

const MEMBERS = members('key', 'consistentRead', 'projection');

/** Answers the item, or null when there is none (facts 4.2). */
export const getItem: Operation = async (request, { client, tableName, containers }) => {
  checkMembers(request, MEMBERS, '$');
  const aliases = new Aliases();
  const projection = readOptionalProjection(request.projection, '$[projection]');
  const consistentRead = readOptionalBoolean(request.consistentRead, '$[consistentRead]');
  const { Item } = await client.call<{ Item?: WireMap }>('GetItem', {
    TableName: tableName,
    Key: readTypedMap(request.key, '$[key]'),
    ConsistentRead: consistentRead || undefined,
    ProjectionExpression: projection && aliases.add(projection),
    ...aliases.parameters(),
  });
  return answered(itemFromWire(Item, containers));
};
