import { isRecord } from '../../ground/record.ts';
import { list, map } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { HelperFailure } from '../interruption.ts';
import { expressionOf, projectionOf } from './expressions.ts';
import { updateExpression } from './update-expression.ts';
import { typedMap, withOptions } from './values.ts';

type Input = Record<string, unknown>;

/** Applies `convert` to the value for each table. */
const byTable = (
  payload: unknown,
  helper: string,
  convert: (given: unknown, what: string) => unknown,
): Input =>
  Object.fromEntries(
    Object.entries(map(map(payload, helper)['tables'], `${helper}: tables`)).map(([table, given]) => [
      table,
      convert(given, `${helper}: tables.${table}`),
    ]),
  );

const typedMaps = (given: unknown, what: string) => list(given, what).map((entry) => typedMap(entry, what));

function reads(given: unknown, what: string): Input {
  const input = map(given, what);
  return withOptions(
    { keys: typedMaps(input['keys'], `${what}.keys`) },
    {
      consistentRead: input['consistentRead'],
      projection: projectionOf(input['projection'], `${what}.projection`),
    },
  );
}

/** The helpers of @aws-appsync/utils/dynamodb that reach many items. */
export const batches: HelperTree = {
  batchGet: (payload: unknown) => ({
    operation: 'BatchGetItem',
    tables: byTable(payload, 'batchGet', reads),
  }),
  batchPut: (payload: unknown) => ({
    operation: 'BatchPutItem',
    tables: byTable(payload, 'batchPut', typedMaps),
  }),
  batchDelete: (payload: unknown) => ({
    operation: 'BatchDeleteItem',
    tables: byTable(payload, 'batchDelete', typedMaps),
  }),
  transactGet: (payload: unknown) => ({
    operation: 'TransactGetItems',
    transactItems: itemsOf(payload, 'transactGet').map((item) =>
      withOptions(
        { table: item['table'], key: typedMap(item['key'], 'transactGet: key') },
        { projection: projectionOf(item['projection'], 'transactGet: projection') },
      ),
    ),
  }),
  transactWrite: (payload: unknown) => ({
    operation: 'TransactWriteItems',
    transactItems: itemsOf(payload, 'transactWrite').map(transactWriteItem),
  }),
};

const itemsOf = (payload: unknown, helper: string): Input[] =>
  list(map(payload, helper)['items'], `${helper}: items`).map((item) => map(item, `${helper}: items`));

/** What each kind of write adds to table, operation, key and condition. */
const WRITES: Record<string, { operation: string; more: (write: Input, what: string) => Input }> = {
  putItem: {
    operation: 'PutItem',
    more: (write, what) => ({ attributeValues: typedMap(write['item'], `${what}.item`) }),
  },
  updateItem: {
    operation: 'UpdateItem',
    more: (write, what) => ({ update: updateExpression(write['update'], `${what}.update`) }),
  },
  deleteItem: { operation: 'DeleteItem', more: () => ({}) },
  conditionCheck: { operation: 'ConditionCheck', more: () => ({}) },
};

function transactWriteItem(item: Input): Input {
  for (const [name, { operation, more }] of Object.entries(WRITES)) {
    const write = item[name];
    if (!isRecord(write)) {
      continue;
    }
    const what = `transactWrite: ${name}`;
    const key = typedMap(write['key'], `${what}.key`);
    return withOptions(
      { table: write['table'], operation, key, ...more(write, what) },
      { condition: expressionOf(write['condition'], `${what}.condition`) },
    );
  }
  throw new HelperFailure(`transactWrite: an item has one of ${Object.keys(WRITES).join(', ')}`);
}
