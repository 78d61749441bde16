import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ask, check, freshId, resultOf, type Seen } from '../data-sources/ask.ts';
import { ENTRIES, OTHERS } from './names.ts';

const DENIED = 'docs/facts/iam.md#dynamodb-denied';
const WORDS = 'docs/facts/iam.md#denied-words';
const TRANSACTIONS = 'docs/facts/iam.md#transactions';
const KEYS = 'DynamoDB developer guide, specifying-conditions';

const key = (id: string = freshId()) => ({ id: { S: id } });
const get = (id?: string) => ({ operation: 'GetItem', key: key(id) });
const query = (more: object) => ({
  operation: 'Query',
  query: { expression: 'kind = :k', expressionValues: { ':k': { S: 'none' } } },
  ...more,
});
const write = (operation: string, table: string, more: object = {}) => ({
  operation,
  table,
  key: key(),
  ...more,
});
const transaction = (...transactItems: object[]) => ({ operation: 'TransactWriteItems', transactItems });
const exists = { condition: { expression: 'attribute_exists(id)' } };

/** What a role is refused, whose name and account a stack makes up. */
function refusedTo(
  { error }: Seen,
  { type, action, resource, because }: Record<'type' | 'action' | 'resource' | 'because', string>,
): void {
  assert.equal(error?.type, type);
  const words = new RegExp(
    `^User: arn:aws:sts::\\d{12}:assumed-role/[\\w+=,.@-]+/APPSYNC_ASSUME_ROLE is not authorized to perform: ${action} ` +
      `on resource: arn:aws:\\w+:[\\w-]+:\\d{12}:${resource} ${because} \\(Service: `,
  );
  assert.match(error!.message, words);
}

const notAllowed = (action: string): string => `because no identity-based policy allows the ${action} action`;

async function deniedInDynamoDb(
  api: ConformanceApi,
  field: string,
  request: object,
  action: string,
  resource: string,
  because = notAllowed(action),
): Promise<void> {
  const type = 'DynamoDB:DynamoDbException';
  refusedTo(await ask(api, field, request), { type, action, resource, because });
}

/** A request that the role may not make: data source, request, what IAM is asked. */
const DENIALS: [
  id: string,
  what: string,
  field: string,
  request: () => object,
  action: string,
  resource: string,
][] = [
  ['IAM-002', 'an action', 'narrow', () => ({ operation: 'Scan' }), 'dynamodb:Scan', `table/${ENTRIES}`],
  [
    'IAM-003',
    'a Query on the table if only its index is granted',
    'narrow',
    () => query({}),
    'dynamodb:Query',
    `table/${ENTRIES}`,
  ],
  [
    'IAM-004',
    'a Query on the index if only the table is granted',
    'withoutIndex',
    () => query({ index: 'byKind' }),
    'dynamodb:Query',
    `table/${ENTRIES}/index/byKind`,
  ],
  [
    'IAM-005',
    'a transaction for a Delete in it',
    'narrow',
    () => transaction(write('PutItem', ENTRIES), write('DeleteItem', ENTRIES)),
    'dynamodb:DeleteItem',
    `table/${ENTRIES}`,
  ],
  [
    'IAM-006',
    'a transaction for a ConditionCheck in it, under the name ConditionCheckItem',
    'narrow',
    () => transaction(write('ConditionCheck', ENTRIES, exists)),
    'dynamodb:ConditionCheckItem',
    `table/${ENTRIES}`,
  ],
  [
    'IAM-007',
    'BatchPutItem if only PutItem is granted',
    'narrow',
    () => ({ operation: 'BatchPutItem', tables: { [ENTRIES]: [key()] } }),
    'dynamodb:BatchWriteItem',
    `table/${ENTRIES}`,
  ],
];

export const iamChecks: Check[] = [
  check('IAM-001', 'lets a data source do what its role allows', DENIED, 'documented', async (api) => {
    assert.equal(await resultOf(api, 'narrow', get()), null);
    assert.deepEqual((await resultOf(api, 'narrow', query({ index: 'byKind' }))).items, []);
    const written = await ask(api, 'narrow', transaction(write('PutItem', ENTRIES)));
    assert.equal(written.error, null);
  }),
  ...DENIALS.map(([id, what, field, request, action, resource]) =>
    check(
      id,
      `refuses with \`DynamoDB:DynamoDbException\`, in IAM’s words: ${what}`,
      id === 'IAM-005' || id === 'IAM-006' ? TRANSACTIONS : DENIED,
      'inferred',
      (api) => deniedInDynamoDb(api, field, request(), action, resource),
    ),
  ),
  check('IAM-008', 'lets a Deny override every Allow, and says so', WORDS, 'documented', (api) =>
    deniedInDynamoDb(
      api,
      'others',
      { operation: 'DeleteItem', key: key() },
      'dynamodb:DeleteItem',
      `table/${OTHERS}`,
      'with an explicit deny in an identity-based policy',
    ),
  ),
  check(
    'IAM-020',
    'refuses to invoke a function that the role may not',
    'docs/facts/lambda.md#lambda-denied',
    'inferred',
    async (api) => {
      refusedTo(await ask(api, 'closedLambda', { operation: 'Invoke', payload: {} }), {
        type: 'Lambda:LambdaException',
        action: 'lambda:InvokeFunction',
        resource: 'function:[\\w-]+',
        because: notAllowed('lambda:InvokeFunction'),
      });
    },
  ),
  check(
    'IAM-021',
    'needs permission for the alias that the data source names',
    'docs/facts/iam.md#qualified-functions',
    'documented',
    async (api) => {
      refusedTo(await ask(api, 'alias', { operation: 'Invoke', payload: {} }), {
        type: 'Lambda:LambdaException',
        action: 'lambda:InvokeFunction',
        resource: 'function:[\\w-]+:live',
        because: notAllowed('lambda:InvokeFunction'),
      });
    },
  ),
  check(
    'IAM-022',
    'refuses to put events on a bus that the role may not',
    'docs/facts/data-sources.md#event-bridge-denied',
    'inferred',
    async (api) => {
      const event = { source: 'shop', detailType: 'ordered', detail: {} };
      refusedTo(await ask(api, 'closedEvents', { operation: 'PutEvents', events: [event] }), {
        type: 'EventBridge:EventBridgeException',
        action: 'events:PutEvents',
        resource: 'event-bus/[\\w-]+',
        because: notAllowed('events:PutEvents'),
      });
    },
  ),
  check(
    'IAM-040',
    'lets a Lambda function do in DynamoDB what its role allows',
    KEYS,
    'documented',
    async (api) => {
      const item = { TableName: ENTRIES, Key: key('worker') };
      assert.equal((await work(api, { operation: 'GetItem', input: item })).status, 200);
    },
  ),
  check(
    'IAM-041',
    'refuses a Lambda function another action, with 400 AccessDeniedException',
    DENIED,
    'documented',
    (api) => deniedToWorker(api, 'DeleteItem', { TableName: ENTRIES, Key: key('worker') }),
  ),
  check(
    'IAM-042',
    'refuses a Lambda function other keys than `dynamodb:LeadingKeys` allows',
    KEYS,
    'documented',
    (api) => deniedToWorker(api, 'GetItem', { TableName: ENTRIES, Key: key('other') }),
  ),
  check('IAM-043', 'refuses a Lambda function a part of a transaction', TRANSACTIONS, 'documented', (api) =>
    deniedToWorker(
      api,
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: ENTRIES, Item: key('worker') } },
          { Update: { TableName: ENTRIES, Key: key('worker'), UpdateExpression: 'SET a = :a' } },
        ],
      },
      'UpdateItem',
    ),
  ),
  check(
    'IAM-044',
    'lets a Lambda function run the fields that `appsync:GraphQL` names',
    'docs/facts/iam.md#graphql',
    'documented',
    async (api) => {
      const { status, answer } = await work(api, { query: '{ open }' });

      assert.deepEqual([status, answer], [200, { data: { open: 'ran' } }]);
    },
  ),
  check(
    'IAM-045',
    'refuses a Lambda function other fields with `Unauthorized`, and runs the rest',
    'docs/facts/iam.md#graphql',
    'inferred',
    async (api) => {
      const { status, answer } = await work(api, { query: '{ open shut }' });

      assert.equal(status, 200);
      assert.deepEqual(answer.data, { open: 'ran', shut: null });
      const [{ errorType, message }] = answer.errors;
      assert.deepEqual([errorType, message], ['Unauthorized', 'Not Authorized to access shut on type Query']);
    },
  ),
];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a check knows what it asked for
const work = (api: ConformanceApi, payload: object): Promise<any> =>
  resultOf(api, 'worker', { operation: 'Invoke', payload });

async function deniedToWorker(
  api: ConformanceApi,
  operation: string,
  input: object,
  action = operation,
): Promise<void> {
  const { status, name, message } = await work(api, { operation, input });

  assert.deepEqual([status, name], [400, 'AccessDeniedException']);
  assert.match(
    message,
    new RegExp(
      `^User: arn:aws:sts::\\d{12}:assumed-role/[\\w+=,.@-]+/[\\w-]+ is not authorized to perform: dynamodb:${action} ` +
        `on resource: arn:aws:dynamodb:[\\w-]+:\\d{12}:table/${ENTRIES} ${notAllowed(`dynamodb:${action}`)}$`,
    ),
  );
}
