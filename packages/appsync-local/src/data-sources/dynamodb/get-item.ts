import { answered } from '../data-source.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { Aliases, readOptionalProjection } from './expressions.ts';
import { readItem } from './plain-items.ts';
import { checkMembers, readOptionalBoolean, readTypedMap } from './read-request.ts';

const MEMBERS = members('key', 'consistentRead', 'projection');

/** Returns the item, or null when it is missing (docs/facts/dynamodb.md#get-item). */
export const getItem: Operation = async (request, { client, tableName, containers }) => {
  checkMembers(request, MEMBERS, '$');
  const aliases = new Aliases();
  const projection = readOptionalProjection(request.projection, '$[projection]');
  const consistentRead = readOptionalBoolean(request.consistentRead, '$[consistentRead]');
  const input = {
    TableName: tableName,
    Key: readTypedMap(request.key, '$[key]'),
    ConsistentRead: consistentRead || undefined,
    ProjectionExpression: projection && aliases.add(projection),
    ...aliases.parameters(),
  };
  return answered(await client.call('GetItem', input, (text) => readItem(text, 'Item', containers)));
};
