import { readOptionalExpression, readOptionalProjection, type Aliases } from './expressions.ts';
import {
  readOptionalBoolean,
  readOptionalInteger,
  readOptionalString,
  type Members,
} from './read-request.ts';

/** Members that Query and Scan share, as DynamoDB's parameters (docs/facts/dynamodb.md#mapping). */
export function readInput(request: Members, tableName: string, aliases: Aliases): Record<string, unknown> {
  const filter = readOptionalExpression(request.filter, '$[filter]');
  const projection = readOptionalProjection(request.projection, '$[projection]');
  const index = readOptionalString(request.index, '$[index]');
  const limit = readOptionalInteger(request.limit, '$[limit]');
  const select = readOptionalString(request.select, '$[select]');
  const consistentRead = readOptionalBoolean(request.consistentRead, '$[consistentRead]');
  return {
    TableName: tableName,
    ...(index !== undefined && { IndexName: index }),
    ...(limit !== undefined && { Limit: limit }),
    ...(select !== undefined && { Select: select }),
    ...(consistentRead && { ConsistentRead: true }),
    ...(filter && { FilterExpression: aliases.add(filter) }),
    ...(projection && { ProjectionExpression: aliases.add(projection) }),
  };
}
