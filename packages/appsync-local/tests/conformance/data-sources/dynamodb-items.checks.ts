import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ask, check, freshId, refusalOf, resultOf } from './ask.ts';

const DG = 'AppSync developer guide, js-aws-appsync-resolver-reference-dynamodb';
const CONDITIONS = `${DG}-condition-expressions`;
const FAILED = 'DynamoDB:ConditionalCheckFailedException';
const ABSENT = { expression: 'attribute_not_exists(id)' };
const key = (id: string) => ({ id: { S: id } });
const put = (id: string, attributeValues: object, condition?: object) => ({
  operation: 'PutItem',
  key: key(id),
  attributeValues,
  ...(condition && { condition }),
});
const get = (id: string, more: object = {}) => ({
  operation: 'GetItem',
  key: key(id),
  consistentRead: true,
  ...more,
});

/** The id of a new item with these attributes. */
async function stored(api: ConformanceApi, attributeValues: object): Promise<string> {
  const id = freshId();
  await resultOf(api, 'things', put(id, attributeValues));
  return id;
}

const TYPES: [id: string, what: string, typed: object, plain: unknown][] = [
  ['DSC-001', 'a text', { S: 'x' }, 'x'],
  ['DSC-002', 'an empty text', { S: '' }, ''],
  ['DSC-003', 'a number as text', { N: '1.50' }, 1.5],
  ['DSC-004', 'a number as a JSON number', { N: -7 }, -7],
  ['DSC-005', 'false', { BOOL: false }, false],
  ['DSC-006', 'NULL given as null', { NULL: null }, null],
  ['DSC-007', 'NULL given as true', { NULL: true }, null],
  ['DSC-008', 'a list', { L: [{ N: '1' }, { M: { a: { S: 'b' } } }] }, [1, { a: 'b' }]],
  ['DSC-009', 'a map', { M: { a: { L: [] } } }, { a: [] }],
  ['DSC-010', 'a set of texts as a list', { SS: ['a'] }, ['a']],
  ['DSC-011', 'a set of numbers as a list of numbers', { NS: ['5'] }, [5]],
  ['DSC-012', 'binary as base64', { B: 'aGVsbG8=' }, 'aGVsbG8='],
  ['DSC-013', 'binary without characters that are not base64', { B: 'aGVs\nbG-8=' }, 'aGVsbG8='],
  ['DSC-014', 'a set of binaries as a list', { BS: ['aGVsbG8='] }, ['aGVsbG8=']],
];

const REFUSALS: [id: string, what: string, request: unknown, message: string][] = [
  ['DSC-015', 'without operation', { key: key('a') }, "Value for field '$[operation]' not found."],
  ['DSC-016', 'without key', { operation: 'GetItem' }, "Value for field '$[key]' not found."],
  [
    'DSC-017',
    'with an unknown member',
    { operation: 'GetItem', key: key('a'), hasCustomPartitionKey: true },
    "Unsupported element '$[hasCustomPartitionKey]'.",
  ],
  [
    'DSC-018',
    'with an unknown member further in',
    { operation: 'UpdateItem', key: key('a'), update: { expression: 'SET a = :a', values: {} } },
    "Unsupported element '$[update][values]'.",
  ],
  [
    'DSC-019',
    'without update',
    { operation: 'UpdateItem', key: key('a') },
    "Value for field '$[update]' not found.",
  ],
];

export const dynamoDbItemChecks: Check[] = [
  ...TYPES.map(([id, what, typed, plain]) =>
    check(id, `DynamoDB answers ${what}`, `${DG}-typed-values-responses`, 'documented', async (api) => {
      const item = await stored(api, { value: typed });
      assert.deepEqual(await resultOf(api, 'things', get(item)), { id: item, value: plain });
    }),
  ),
  ...REFUSALS.map(([id, what, request, message]) =>
    check(
      id,
      `refuses a DynamoDB request ${what} by path`,
      'aws/aws-appsync-community#217',
      'observed',
      async (api) => {
        const { errorType, message: found } = await refusalOf(api, 'things', request);
        assert.deepEqual({ errorType, message: found }, { errorType: 'MappingTemplate', message });
      },
    ),
  ),
  check('DSC-020', 'GetItem answers null for a missing item', `${DG}-getitem`, 'documented', async (api) =>
    assert.deepEqual(await ask(api, 'things', get(freshId())), { result: null, error: null }),
  ),
  check(
    'DSC-021',
    'GetItem answers the attributes of its projection',
    `${DG}-projections`,
    'documented',
    async (api) => {
      const id = await stored(api, { name: { S: 'n' }, size: { N: '2' } });
      const projection = { expression: '#n', expressionNames: { '#n': 'name' } };
      assert.deepEqual(await resultOf(api, 'things', get(id, { projection })), { name: 'n' });
    },
  ),
  check(
    'DSC-022',
    'PutItem answers key and attributes as written',
    `${DG}-putitem`,
    'documented',
    async (api) => {
      const id = freshId();
      assert.deepEqual(await resultOf(api, 'things', put(id, { n: { N: '1' } })), { id, n: 1 });
    },
  ),
  check('DSC-023', 'PutItem replaces the whole item', `${DG}-putitem`, 'documented', async (api) => {
    const id = await stored(api, { a: { N: '1' } });
    await resultOf(api, 'things', put(id, { b: { N: '2' } }));
    assert.deepEqual(await resultOf(api, 'things', get(id)), { id, b: 2 });
  }),
  check(
    'DSC-024',
    'UpdateItem answers the item after the update',
    `${DG}-updateitem`,
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const update = {
        expression: 'ADD #n :one',
        expressionNames: { '#n': 'n' },
        expressionValues: { ':one': { N: 1 } },
      };
      assert.deepEqual(await resultOf(api, 'things', { operation: 'UpdateItem', key: key(id), update }), {
        id,
        n: 2,
      });
    },
  ),
  check('DSC-025', 'UpdateItem creates a missing item', `${DG}-updateitem`, 'documented', async (api) => {
    const id = freshId();
    const update = { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } };
    assert.deepEqual(await resultOf(api, 'things', { operation: 'UpdateItem', key: key(id), update }), {
      id,
      n: 1,
    });
  }),
  check(
    'DSC-026',
    'UpdateItem takes empty maps of names and values',
    '@aws-appsync/utils 2.1.1, dynamodb',
    'inferred',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const update = { expression: 'REMOVE n', expressionNames: {}, expressionValues: {} };
      assert.deepEqual(await resultOf(api, 'things', { operation: 'UpdateItem', key: key(id), update }), {
        id,
      });
    },
  ),
  check('DSC-027', 'DeleteItem answers the item as it was', `${DG}-deleteitem`, 'documented', async (api) => {
    const id = await stored(api, { n: { N: '1' } });
    assert.deepEqual(await resultOf(api, 'things', { operation: 'DeleteItem', key: key(id) }), { id, n: 1 });
    assert.equal(await resultOf(api, 'things', get(id)), null);
  }),
  check(
    'DSC-028',
    'DeleteItem answers null for a missing item',
    `${DG}-deleteitem`,
    'documented',
    async (api) =>
      assert.equal(await resultOf(api, 'things', { operation: 'DeleteItem', key: key(freshId()) }), null),
  ),
  check(
    'DSC-029',
    'a failed condition has its error and the current item',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const { result, error } = await ask(api, 'things', put(id, { n: { N: '2' } }, ABSENT));
      assert.equal(error?.type, FAILED);
      assert.deepEqual(result, { id, n: 1 });
    },
  ),
  check(
    'DSC-030',
    'a failed condition is worded as the AWS SDK does',
    'aws-amplify/amplify-category-api#2466',
    'observed',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const { error } = await ask(api, 'things', put(id, { n: { N: '2' } }, ABSENT));
      assert.match(
        error!.message,
        /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: \w[\w-]+\)/,
      );
    },
  ),
  check(
    'DSC-031',
    'a put that its condition refuses succeeds when the item is the same',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1.0' }, s: { SS: ['a', 'b'] } });
      const { result, error } = await ask(
        api,
        'things',
        put(id, { n: { N: '1' }, s: { SS: ['b', 'a'] } }, ABSENT),
      );
      assert.equal(error, null);
      assert.equal(result.n, 1);
    },
  ),
  check(
    'DSC-032',
    'equalsIgnore leaves attributes out of that comparison',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1' }, at: { S: 'then' } });
      const condition = { ...ABSENT, equalsIgnore: ['at'] };
      assert.deepEqual(
        await resultOf(api, 'things', put(id, { n: { N: '1' }, at: { S: 'now' } }, condition)),
        {
          id,
          n: 1,
          at: 'then',
        },
      );
    },
  ),
  check('DSC-033', 'a put with one more attribute is not the same', CONDITIONS, 'documented', async (api) => {
    const id = await stored(api, { n: { N: '1' }, more: { S: 'x' } });
    const { error } = await ask(api, 'things', put(id, { n: { N: '1' } }, ABSENT));
    assert.equal(error?.type, FAILED);
  }),
  check(
    'DSC-034',
    'a delete that its condition refuses succeeds when there is no item',
    CONDITIONS,
    'documented',
    async (api) => {
      const condition = { expression: 'attribute_exists(id)' };
      const request = { operation: 'DeleteItem', key: key(freshId()), condition };
      assert.deepEqual(await ask(api, 'things', request), { result: null, error: null });
    },
  ),
  check(
    'DSC-035',
    'an update refused by its condition is never compared',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const update = { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } };
      const request = { operation: 'UpdateItem', key: key(id), update, condition: ABSENT };
      const { result, error } = await ask(api, 'things', request);
      assert.equal(error?.type, FAILED);
      assert.deepEqual(result, { id, n: 1 });
    },
  ),
  check(
    'DSC-036',
    'the same alias may mean two things in update and condition',
    '@aws-appsync/utils 2.1.1, dynamodb',
    'inferred',
    async (api) => {
      const id = await stored(api, { a: { N: '1' }, b: { N: '2' } });
      const request = {
        operation: 'UpdateItem',
        key: key(id),
        update: {
          expression: 'SET #x = :v',
          expressionNames: { '#x': 'a' },
          expressionValues: { ':v': { N: 9 } },
        },
        condition: {
          expression: '#x = :v',
          expressionNames: { '#x': 'b' },
          expressionValues: { ':v': { N: 2 } },
        },
      };
      assert.deepEqual(await resultOf(api, 'things', request), { id, a: 9, b: 2 });
    },
  ),
  check(
    'DSC-037',
    'a refusal of DynamoDB is a DynamoDbException with its message',
    'aws/aws-appsync-community#393',
    'observed',
    async (api) => {
      const { error } = await ask(api, 'things', put('', { n: { N: '1' } }));
      assert.equal(error?.type, 'DynamoDB:DynamoDbException');
      assert.match(
        error.message,
        /empty string value\. Key: id \(Service: DynamoDb, Status Code: 400, Request ID: /,
      );
    },
  ),
  check(
    'DSC-038',
    'an alias that no expression uses is an error',
    'DynamoDB API ExpressionAttributeValues',
    'documented',
    async (api) => {
      const id = await stored(api, {});
      const update = { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 }, ':unused': { N: 2 } } };
      const { error } = await ask(api, 'things', { operation: 'UpdateItem', key: key(id), update });
      assert.equal(error?.type, 'DynamoDB:DynamoDbException');
    },
  ),
  check(
    'DSC-039',
    'util.error with ctx.result shows the current item by the selection',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { name: { S: 'n' }, hidden: { S: 'h' } });
      const request = JSON.stringify(put(id, { name: { S: 'm' } }, ABSENT));
      const { data, errorType } = await api.fail('query ($r: String!) { reraised(request: $r) { name } }', {
        r: request,
      });
      assert.deepEqual({ data, errorType }, { data: { name: 'n' }, errorType: FAILED });
    },
  ),
  check(
    'DSC-040',
    'util.appendError leaves the data beside the error',
    CONDITIONS,
    'documented',
    async (api) => {
      const id = await stored(api, { name: { S: 'n' } });
      const request = JSON.stringify(put(id, { name: { S: 'm' } }, ABSENT));
      const { data, errors } = await api.graphql('query ($r: String!) { appended(request: $r) { name } }', {
        r: request,
      });
      assert.deepEqual(data, { appended: { name: 'n' } });
      assert.equal(errors?.[0]?.errorType, FAILED);
    },
  ),
  check(
    'DSC-041',
    'an error that the response handler ignores does not fail the field',
    'AppSync developer guide, tutorial-dynamodb-resolvers-js',
    'documented',
    async (api) => {
      const id = await stored(api, { n: { N: '1' } });
      const request = JSON.stringify(put(id, { n: { N: '2' } }, ABSENT));
      const answer = await api.graphql('query ($r: String!) { ignored(request: $r) }', { r: request });
      assert.deepEqual(answer, { data: { ignored: 'fine' } });
    },
  ),
];
