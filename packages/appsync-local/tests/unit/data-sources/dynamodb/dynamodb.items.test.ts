import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshKey, startItems, type TestItems } from '../harness/items.ts';

let items: TestItems;

beforeAll(async () => void (items = await startItems()));
afterAll(() => items.close());

const invoke = (request: unknown) => items.invoke(request);
const answered = (result: unknown) => ({ kind: 'answered', result, error: null });
const put = (key: object, attributeValues: object, condition?: object) =>
  invoke({ operation: 'PutItem', key, attributeValues, ...(condition && { condition }) });
const get = (key: object) => invoke({ operation: 'GetItem', key, consistentRead: true });

const CONDITION_FAILED = {
  type: 'DynamoDB:ConditionalCheckFailedException',
  message: expect.stringMatching(
    /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\)$/,
  ),
};
const ABSENT = { expression: 'attribute_not_exists(id)' };

describe('GetItem', () => {
  test('has the members of maps sorted by name, which the engine hands over in any order', async () => {
    const names = ['z', 'm', 'b', 'y', 'a', 'id2', 'Z'];
    const members = Object.fromEntries(names.map((name) => [name, { N: 1 }]));
    const key = freshKey();
    await put(key, { ...members, payload: { M: members } });

    const outcome = (await get(key)) as { result: Record<string, object> };

    expect(Object.keys(outcome.result)).toStrictEqual(['Z', 'a', 'b', 'id', 'id2', 'm', 'payload', 'y', 'z']);
    expect(Object.keys(outcome.result['payload']!)).toStrictEqual(['Z', 'a', 'b', 'id2', 'm', 'y', 'z']);
  });

  test('returns null when the item is missing', async () => {
    const outcome = await get({ id: { S: 'nobody' } });

    expect(outcome).toEqual(answered(null));
  });

  test('returns plain values for every DynamoDB type', async () => {
    const key = freshKey();
    await put(key, {
      text: { S: '' },
      zero: { N: 0 },
      fraction: { N: '1.50' },
      yes: { BOOL: false },
      nothing: { NULL: null },
      binary: { B: 'aGVs-\nbG8=' },
      list: { L: [{ N: 1 }, { M: { deep: { NULL: true } } }] },
      texts: { SS: ['a'] },
      numbers: { NS: [1, '2'] },
      binaries: { BS: ['aGVsbG8='] },
    });

    const outcome = await get(key);

    expect(outcome).toEqual(
      answered({
        id: key.id.S,
        text: '',
        zero: 0,
        fraction: 1.5,
        yes: false,
        nothing: null,
        binary: 'aGVsbG8=',
        list: [1, { deep: null }],
        texts: ['a'],
        numbers: expect.arrayContaining([1, 2]),
        binaries: ['aGVsbG8='],
      }),
    );
  });

  test('returns only what a projection names', async () => {
    const key = freshKey();
    await put(key, { a: { S: 'a' }, b: { M: { c: { N: 1 }, d: { N: 2 } } } });

    const projection = { expression: '#b.#c', expressionNames: { '#b': 'b', '#c': 'c' } };
    const outcome = await invoke({ operation: 'GetItem', key, projection });

    expect(outcome).toEqual(answered({ b: { c: 1 } }));
  });

  test('returns an attribute named __proto__ as an attribute', async () => {
    const key = freshKey();
    await put(key, JSON.parse('{"__proto__": {"M": {"polluted": {"BOOL": true}}}}'));

    const outcome = (await get(key)) as { result: Record<string, unknown> };

    expect(Object.getOwnPropertyNames(outcome.result)).toContain('__proto__');
    expect(outcome.result.polluted).toBeUndefined();
  });
});

describe('PutItem', () => {
  test('returns the item as written, key included', async () => {
    const key = freshKey();

    const outcome = await put(key, { n: { N: '1.0' }, tags: { SS: ['b', 'a'] } });

    expect(outcome).toEqual(answered({ id: key.id.S, n: 1, tags: ['b', 'a'] }));
  });

  test('counts as success when a condition fails on the very same item', async () => {
    const key = freshKey();
    await put(key, { n: { N: 1.5 }, tags: { SS: ['b', 'a'] }, sizes: { NS: [3, '1.0'] } }, ABSENT);

    const outcome = await put(
      key,
      { n: { N: '1.50' }, tags: { SS: ['a', 'b'] }, sizes: { NS: ['1.00', 3] } },
      ABSENT,
    );

    expect(outcome).toEqual(
      answered({
        id: key.id.S,
        n: 1.5,
        tags: expect.arrayContaining(['a', 'b']),
        sizes: expect.arrayContaining([1, 3]),
      }),
    );
  });

  test('ignores attributes in equalsIgnore and then returns the stored item', async () => {
    const key = freshKey();
    await put(key, { a: { S: 'same' }, at: { N: 1 } }, ABSENT);

    const outcome = await put(key, { a: { S: 'same' }, at: { N: 2 } }, { ...ABSENT, equalsIgnore: ['at'] });

    expect(outcome).toEqual(answered({ id: key.id.S, a: 'same', at: 1 }));
  });

  test('tells numbers apart that a JavaScript number cannot', async () => {
    const key = freshKey();
    await put(key, { n: { N: '10000000000000000001' } }, ABSENT);

    const outcome = await put(key, { n: { N: '10000000000000000002' } }, ABSENT);

    expect(outcome).toMatchObject({ error: CONDITION_FAILED });
  });

  test('hands back the current item when a condition fails', async () => {
    const key = freshKey();
    await put(key, { a: { S: 'old' } });

    const outcome = await put(key, { a: { S: 'new' } }, ABSENT);

    expect(outcome).toEqual({
      kind: 'answered',
      result: { id: key.id.S, a: 'old' },
      error: CONDITION_FAILED,
    });
  });

  test('hands back null when a condition fails for want of an item', async () => {
    const outcome = await put(freshKey(), {}, { expression: 'attribute_exists(id)' });

    expect(outcome).toEqual({ kind: 'answered', result: null, error: CONDITION_FAILED });
  });
});

describe('UpdateItem', () => {
  test('creates the item and returns it after the update', async () => {
    const key = freshKey();

    const outcome = await invoke({
      operation: 'UpdateItem',
      key,
      update: {
        expression: 'SET #n = if_not_exists(#n, :zero) + :one',
        expressionNames: { '#n': 'n' },
        expressionValues: { ':zero': { N: 0 }, ':one': { N: 1 } },
      },
    });

    expect(outcome).toEqual(answered({ id: key.id.S, n: 1 }));
  });

  test('tells apart the same alias of update and condition', async () => {
    const key = freshKey();
    await put(key, { a: { N: 1 }, b: { N: 2 } });

    const outcome = await invoke({
      operation: 'UpdateItem',
      key,
      update: {
        expression: 'SET #expName_1 = :v',
        expressionNames: { '#expName_1': 'a' },
        expressionValues: { ':v': { N: 10 } },
      },
      condition: {
        expression: '#expName_1 = :v',
        expressionNames: { '#expName_1': 'b' },
        expressionValues: { ':v': { N: 2 } },
      },
    });

    expect(outcome).toEqual(answered({ id: key.id.S, a: 10, b: 2 }));
  });

  test('leaves out empty alias maps, which DynamoDB refuses', async () => {
    const key = freshKey();
    await put(key, { a: { N: 1 } });

    const update = { expression: 'REMOVE a', expressionNames: {}, expressionValues: {} };
    const outcome = await invoke({ operation: 'UpdateItem', key, update });

    expect(outcome).toEqual(answered({ id: key.id.S }));
  });

  test('hands back the current item when a condition fails, even if it is as wished', async () => {
    const key = freshKey();
    await put(key, { a: { N: 1 } });

    const outcome = await invoke({
      operation: 'UpdateItem',
      key,
      update: { expression: 'SET a = :a', expressionValues: { ':a': { N: 1 } } },
      condition: { expression: 'attribute_not_exists(a)' },
    });

    expect(outcome).toEqual({ kind: 'answered', result: { id: key.id.S, a: 1 }, error: CONDITION_FAILED });
  });
});

describe('DeleteItem', () => {
  test('returns the item as it was, then null', async () => {
    const key = freshKey();
    await put(key, { a: { N: 1 } });

    const first = await invoke({ operation: 'DeleteItem', key });
    const second = await invoke({ operation: 'DeleteItem', key });

    expect(first).toEqual(answered({ id: key.id.S, a: 1 }));
    expect(second).toEqual(answered(null));
  });

  test('counts as success when the item is gone and so its condition fails', async () => {
    const outcome = await invoke({
      operation: 'DeleteItem',
      key: freshKey(),
      condition: { expression: 'version = :v', expressionValues: { ':v': { N: 1 } } },
    });

    expect(outcome).toEqual(answered(null));
  });

  test('hands back the current item when a condition fails', async () => {
    const key = freshKey();
    await put(key, { version: { N: 2 } });

    const outcome = await invoke({
      operation: 'DeleteItem',
      key,
      condition: { expression: 'version = :v', expressionValues: { ':v': { N: 1 } } },
    });

    expect(outcome).toEqual({
      kind: 'answered',
      result: { id: key.id.S, version: 2 },
      error: CONDITION_FAILED,
    });
  });
});

describe('ctx.error', () => {
  test('is a DynamoDbException when DynamoDB refuses a request', async () => {
    const outcome = await get({ other: { S: '1' } });

    expect(outcome).toMatchObject({
      kind: 'answered',
      result: null,
      error: {
        type: 'DynamoDB:DynamoDbException',
        message: expect.stringMatching(
          /^The provided key element does not match the schema \(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\)$/,
        ),
      },
    });
  });

  test('is a ResourceNotFoundException when the table is missing', async () => {
    const outcome = await items
      .dataSource('no-such-table')
      .invoke({ operation: 'GetItem', key: freshKey() }, { field: 'Query.test' });

    expect(outcome).toMatchObject({ error: { type: 'DynamoDB:ResourceNotFoundException' } });
  });
});

describe('a request that is none is refused', () => {
  const key = { id: { S: '1' } };
  const EXPRESSION = { expression: 'x = :x' };
  const refusals: [string, unknown, string | RegExp][] = [
    ['nothing', null, "Value for field '$[operation]' not found."],
    ['no operation', { key }, "Value for field '$[operation]' not found."],
    ['an unknown member', { operation: 'GetItem', key, xyz: 1 }, "Unsupported element '$[xyz]'."],
    ['no key', { operation: 'GetItem' }, "Value for field '$[key]' not found."],
    ['no update', { operation: 'UpdateItem', key }, "Value for field '$[update]' not found."],
    ['no query', { operation: 'Query' }, "Value for field '$[query]' not found."],
    [
      'an unknown member of a condition',
      { operation: 'DeleteItem', key, condition: { ...EXPRESSION, foo: 1 } },
      "Unsupported element '$[condition][foo]'.",
    ],
    [
      'an untyped value',
      { operation: 'GetItem', key: { id: '1' } },
      /^Value for field '\$\[key\]\[id\]' must be a typed/,
    ],
    ['two types at once', { operation: 'GetItem', key: { id: { S: '1', N: 1 } } }, /\$\[key\]\[id\]/],
    [
      'a wrong type',
      { operation: 'Scan', limit: '10' },
      'Value for field \'$[limit]\' must be an integer, got the string "10".',
    ],
    ['an unknown operation', { operation: 'Frobnicate' }, /\$\[operation\].*GetItem.*Frobnicate/],
    ['Sync', { operation: 'Sync' }, /^Operation 'Sync' needs a versioned data source/],
    [
      'a Custom strategy without a Lambda function',
      {
        operation: 'DeleteItem',
        key,
        condition: { ...EXPRESSION, conditionalCheckFailedHandler: { strategy: 'Custom' } },
      },
      "Value for field '$[condition][conditionalCheckFailedHandler][lambdaArn]' not found.",
    ],
    [
      'an unknown strategy',
      {
        operation: 'DeleteItem',
        key,
        condition: { ...EXPRESSION, conditionalCheckFailedHandler: { strategy: 'Ignore' } },
      },
      /must be 'Reject' or 'Custom', got 'Ignore'/,
    ],
  ];

  test.each(refusals)('%s', async (_title, request, message) => {
    const outcome = await invoke(request);

    expect(outcome).toEqual({
      kind: 'refused',
      errorType: 'MappingTemplate',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test('but members that are null count as absent', async () => {
    const outcome = await invoke({ operation: 'Scan', limit: null, nextToken: null, filter: null });

    expect(outcome).toMatchObject({ kind: 'answered', error: null });
  });
});
