import { expect, it } from 'vitest';
import { messageOf, valueOf } from '../harness/evaluate.ts';

it.each<[string, object]>([
  ["ddb.get({ key: { id: 'id' } })", { operation: 'GetItem', key: { id: { S: 'id' } } }],
  [
    "ddb.get({ key: { id: 1 }, consistentRead: true, projection: ['a', 'b.c', 'b.d[1]'] })",
    {
      operation: 'GetItem',
      key: { id: { N: 1 } },
      consistentRead: true,
      projection: {
        expression: '#expName_1, #expName_2.#expName_3, #expName_2.#expName_4[1]',
        expressionNames: { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'c', '#expName_4': 'd' },
      },
    },
  ],
  [
    "ddb.put({ key: { id: 'a' }, item: { n: 1, tags: ddb.toStringSet(['x']), no: undefined }, condition: { id: { attributeExists: false } }, _version: 2 })",
    {
      operation: 'PutItem',
      key: { id: { S: 'a' } },
      attributeValues: { n: { N: 1 }, tags: { SS: ['x'] } },
      condition: { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
      _version: 2,
    },
  ],
  [
    "ddb.remove({ key: { id: 'a' }, condition: { version: { eq: 3 } } })",
    {
      operation: 'DeleteItem',
      key: { id: { S: 'a' } },
      condition: {
        expression: '(#version = :version_eq)',
        expressionNames: { '#version': 'version' },
        expressionValues: { ':version_eq': { N: 3 } },
      },
    },
  ],
  ["ddb.scan({ limit: 10, nextToken: 'abc' })", { operation: 'Scan', limit: 10, nextToken: 'abc' }],
  ['ddb.scan({ limit: null, nextToken: null })', { operation: 'Scan' }],
  [
    "ddb.query({ query: { name: { eq: 'test' }, age: { gt: 2 } }, index: 'i', scanIndexForward: false, select: 'ALL_ATTRIBUTES', filter: { shift: { eq: 10 } } })",
    {
      operation: 'Query',
      query: {
        expression: '(#name = :name_eq) AND (#age > :age_gt)',
        expressionNames: { '#name': 'name', '#age': 'age' },
        expressionValues: { ':name_eq': { S: 'test' }, ':age_gt': { N: 2 } },
      },
      index: 'i',
      scanIndexForward: false,
      select: 'ALL_ATTRIBUTES',
      filter: {
        expression: '(#shift = :shift_eq)',
        expressionNames: { '#shift': 'shift' },
        expressionValues: { ':shift_eq': { N: 10 } },
      },
    },
  ],
  [
    "ddb.batchGet({ tables: { T: { keys: [{ id: 'a' }], consistentRead: true, projection: ['b'] } } })",
    {
      operation: 'BatchGetItem',
      tables: {
        T: {
          keys: [{ id: { S: 'a' } }],
          consistentRead: true,
          projection: { expression: '#expName_1', expressionNames: { '#expName_1': 'b' } },
        },
      },
    },
  ],
  [
    "ddb.batchPut({ tables: { T: [{ id: 'a' }] } })",
    { operation: 'BatchPutItem', tables: { T: [{ id: { S: 'a' } }] } },
  ],
  [
    "ddb.batchDelete({ tables: { T: [{ id: 'a' }] } })",
    { operation: 'BatchDeleteItem', tables: { T: [{ id: { S: 'a' } }] } },
  ],
  [
    "ddb.transactGet({ items: [{ table: 'T', key: { id: 'a' } }] })",
    { operation: 'TransactGetItems', transactItems: [{ table: 'T', key: { id: { S: 'a' } } }] },
  ],
  [
    "ddb.transactWrite({ items: [{ putItem: { table: 'T', key: { id: 'a' }, item: { n: 1 }, condition: { id: { attributeExists: false } } } }, { updateItem: { table: 'T', key: { id: 'b' }, update: { n: 2 } } }, { deleteItem: { table: 'T', key: { id: 'c' } } }, { conditionCheck: { table: 'T', key: { id: 'd' }, condition: { n: { eq: 1 } } } }] })",
    {
      operation: 'TransactWriteItems',
      transactItems: [
        {
          table: 'T',
          operation: 'PutItem',
          key: { id: { S: 'a' } },
          attributeValues: { n: { N: 1 } },
          condition: { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
        },
        {
          table: 'T',
          operation: 'UpdateItem',
          key: { id: { S: 'b' } },
          update: {
            expression: 'SET #expName_1 = :expValue_1',
            expressionNames: { '#expName_1': 'n' },
            expressionValues: { ':expValue_1': { N: 2 } },
          },
        },
        { table: 'T', operation: 'DeleteItem', key: { id: { S: 'c' } } },
        {
          table: 'T',
          operation: 'ConditionCheck',
          key: { id: { S: 'd' } },
          condition: {
            expression: '(#n = :n_eq)',
            expressionNames: { '#n': 'n' },
            expressionValues: { ':n_eq': { N: 1 } },
          },
        },
      ],
    },
  ],
])('evaluates %s', (call, expected) => {
  const value = valueOf(call);

  expect(value).toEqual(expected);
});

it.each([
  ["ddb.get({ key: 'a' })", 'get: key takes an object, not "a"'],
  ['ddb.get()', 'get takes an object, not undefined'],
  [
    "ddb.put({ key: { id: 1 }, item: {}, condition: { id: 'a' } })",
    'put: condition cannot be rendered: {"id":"a"}',
  ],
  ['ddb.query({})', 'query: query takes an object, not undefined'],
  ['ddb.update({ key: { id: 1 }, update: {} })', 'update: update changes nothing'],
  [
    'ddb.transactWrite({ items: [{}] })',
    'transactWrite: an item has one of putItem, updateItem, deleteItem, conditionCheck',
  ],
])('names what is wrong with %s', (call, reason) => {
  const message = messageOf(call);

  expect(message).toContain(reason);
});
