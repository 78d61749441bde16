import { map } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { expressionOf, projectionOf } from './expressions.ts';
import { updateExpression } from './update-expression.ts';
import { typedMap, withOptions } from './values.ts';

/** Options of every single write. */
function writeOptions(input: Record<string, unknown>, helper: string): Record<string, unknown> {
  const { customPartitionKey, populateIndexFields, _version } = input;
  const condition = expressionOf(input['condition'], `${helper}: condition`);
  return { condition, customPartitionKey, populateIndexFields, _version };
}

/** Options that Query and Scan share. */
function readOptions(input: Record<string, unknown>, helper: string): Record<string, unknown> {
  const { index, limit, nextToken, consistentRead, select } = input;
  const filter = expressionOf(input['filter'], `${helper}: filter`);
  const projection = projectionOf(input['projection'], `${helper}: projection`);
  return { index, limit, nextToken, filter, consistentRead, select, projection };
}

/** The helpers of @aws-appsync/utils/dynamodb that make one request for one item or one table. */
export const requests: HelperTree = {
  get: (payload: unknown) => {
    const input = map(payload, 'get');
    return withOptions(
      { operation: 'GetItem', key: typedMap(input['key'], 'get: key') },
      {
        consistentRead: input['consistentRead'],
        projection: projectionOf(input['projection'], 'get: projection'),
      },
    );
  },
  put: (payload: unknown) => {
    const input = map(payload, 'put');
    const key = typedMap(input['key'], 'put: key');
    const attributeValues = typedMap(input['item'], 'put: item');
    return withOptions({ operation: 'PutItem', key, attributeValues }, writeOptions(input, 'put'));
  },
  remove: (payload: unknown) => {
    const input = map(payload, 'remove');
    return withOptions(
      { operation: 'DeleteItem', key: typedMap(input['key'], 'remove: key') },
      writeOptions(input, 'remove'),
    );
  },
  update: (payload: unknown) => {
    const input = map(payload, 'update');
    const key = typedMap(input['key'], 'update: key');
    const update = updateExpression(input['update'], 'update: update');
    return withOptions({ operation: 'UpdateItem', key, update }, writeOptions(input, 'update'));
  },
  query: (payload: unknown) => {
    const input = map(payload, 'query');
    const query = expressionOf(map(input['query'], 'query: query'), 'query: query');
    const { scanIndexForward } = input;
    return withOptions({ operation: 'Query', query }, { ...readOptions(input, 'query'), scanIndexForward });
  },
  scan: (payload?: unknown) => {
    const input = map(payload ?? {}, 'scan');
    const { totalSegments, segment } = input;
    return withOptions({ operation: 'Scan' }, { ...readOptions(input, 'scan'), totalSegments, segment });
  },
};
