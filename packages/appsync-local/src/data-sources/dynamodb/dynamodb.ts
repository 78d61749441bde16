import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import type { InvokeLambda } from '../../lambda/lambda-result.ts';
import type { Containers } from '../../runtime/runtime.types.ts';
import type { DataSourceModel, TableModel } from '../../template/app-model.ts';
import type { CallSink } from '../../trace/call-trace.ts';
import { failed, refused, type DataSource, type Invocation, type Outcome } from '../data-source.ts';
import { batchDeleteItem } from './batch-delete-item.ts';
import { batchGetItem } from './batch-get-item.ts';
import { batchPutItem } from './batch-put-item.ts';
import { deleteItem } from './delete-item.ts';
import type { Operation, Place } from './dynamodb-operation.ts';
import { dataSourceError, isDynamoDbError } from './errors.ts';
import { getItem } from './get-item.ts';
import { keyTypesOf } from './key-types.ts';
import { createPaginationTokens } from './pagination-token.ts';
import { placeOf } from './past-calls.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { readObject, readString } from './read-request.ts';
import { recordedClient, recordedInvoke } from './recorded-calls.ts';
import { notFound, RequestProblem, wrongType } from './request-problem.ts';
import { scan } from './scan.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { HERE } from './typed-values.ts';
import { updateItem } from './update-item.ts';

const OPERATIONS = new Map<string, Operation>([
  ['GetItem', getItem],
  ['PutItem', putItem],
  ['UpdateItem', updateItem],
  ['DeleteItem', deleteItem],
  ['Query', query],
  ['Scan', scan],
  ['BatchGetItem', batchGetItem],
  ['BatchPutItem', batchPutItem],
  ['BatchDeleteItem', batchDeleteItem],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
]);

export interface DynamoDbDataSourceOptions {
  client: DynamoDbClient;
  /** Encrypts pagination tokens: 32 random bytes. Tokens remain valid while the key stays the same. */
  tokenKey: Uint8Array;
  /** For the Lambda functions of `conditionalCheckFailedHandler`. */
  invokeLambda: InvokeLambda;
  /** Creates the maps and lists that items and pages are made of. @default this process's objects and lists */
  containers?: Containers;
  /** The table in the template. @default absent; the types of key conditions are not checked */
  table?: TableModel;
}

/**
 * Creates a data source of type `AMAZON_DYNAMODB` (docs/facts/dynamodb.md). It returns plain values; an error from DynamoDB
 * becomes `ctx.error`, and an invalid request is refused in AppSync's words.
 */
export function createDynamoDbDataSource(
  { name, tableName, region }: DataSourceModel & { type: 'AMAZON_DYNAMODB' },
  { client, tokenKey, invokeLambda, containers = HERE, table }: DynamoDbDataSourceOptions,
): DataSource {
  const tokens = createPaginationTokens(tokenKey);
  const keyTypes = table ? keyTypesOf(table) : () => undefined;
  const place = { client, tableName, region, tokens, invokeLambda, containers, keyTypes };
  return {
    name,
    type: 'AMAZON_DYNAMODB',
    invoke: (request, invocation) =>
      runOperation(request, invocation.calls ? recordedPlace(place, invocation.calls) : place, invocation),
    again: (request, invocation, calls) =>
      runOperation(
        request,
        { ...placeOf(calls), tableName, region, tokens, containers: HERE, keyTypes },
        invocation,
      ),
  };
}

async function runOperation(request: unknown, place: Place, invocation: Invocation): Promise<Outcome> {
  try {
    const { run, members } = readOperation(request);
    return await run(members, place, invocation);
  } catch (error) {
    if (error instanceof RequestProblem) {
      return refused(error.message);
    }
    if (isDynamoDbError(error)) {
      return failed(dataSourceError(error));
    }
    throw error;
  }
}

const recordedPlace = (
  { client, tableName, region, tokens, invokeLambda, containers, keyTypes }: Place,
  calls: CallSink,
): Place => ({
  client: recordedClient(client, calls),
  tableName,
  region,
  tokens,
  invokeLambda: recordedInvoke(invokeLambda, calls),
  containers,
  keyTypes,
});

function readOperation(request: unknown): { run: Operation; members: Record<string, unknown> } {
  const path = '$[operation]';
  if (typeof request !== 'object' || request === null) {
    throw notFound(path);
  }
  const members = readObject(request, '$');
  const operation = readString(members.operation, path);
  const run = OPERATIONS.get(operation);
  if (run) {
    return { run, members };
  }
  if (operation === 'Sync') {
    throw new RequestProblem(
      "Operation 'Sync' needs a versioned data source, which the local server does not support; use Query or Scan.",
    );
  }
  throw wrongType(path, `one of ${[...OPERATIONS.keys()].join(', ')}`, operation);
}
