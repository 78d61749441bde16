import type { Evidence } from '../check.ts';
import { valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

type Row = [id: string, promise: string, expression: string, expected: unknown];

const rows = (source: string, evidence: Evidence, list: Row[]): ValueRow[] =>
  list.map(([id, promise, expression, expected]) => ({
    id,
    promise,
    source,
    evidence,
    expression: `ddb.${expression}`,
    expected,
  }));

const updated = (field: string, expression: string, value?: unknown) => ({
  operation: 'UpdateItem',
  key: { id: { S: 'test' } },
  update: {
    expression,
    expressionNames: { '#expName_1': field },
    expressionValues: value === undefined ? {} : { ':expValue_1': value },
  },
});

const update = (change: string) => `update({ key: { id: "test" }, update: { ${change} } })`;
const numbers = { L: [{ N: 1 }, { N: 2 }, { N: 3 }] };

/** `@aws-appsync/utils/dynamodb`: the request objects its helpers make. */
export const dynamodbModuleChecks = valueChecks([
  ...rows('localstack/appsync-utils, index.test.js.snap', 'observed', [
    [
      'JSR-140',
      'get makes a GetItem of a typed key and nothing else',
      'get({ key: { id: "id" } })',
      { operation: 'GetItem', key: { id: { S: 'id' } } },
    ],
    [
      'JSR-141',
      'put makes a PutItem of typed key and attribute values',
      'put({ key: { id: "abc" }, item: { value: 10 } })',
      { operation: 'PutItem', key: { id: { S: 'abc' } }, attributeValues: { value: { N: 10 } } },
    ],
    [
      'JSR-142',
      'remove makes a DeleteItem',
      'remove({ key: { id: "test" } })',
      { operation: 'DeleteItem', key: { id: { S: 'test' } } },
    ],
    [
      'JSR-143',
      'scan makes a Scan with its options',
      'scan({ limit: 10, nextToken: "abc" })',
      { operation: 'Scan', limit: 10, nextToken: 'abc' },
    ],
    [
      'JSR-144',
      'update with operations.add sets the value, it does not ADD',
      update('age: ddb.operations.add(10)'),
      updated('age', 'SET #expName_1 = :expValue_1', { N: 10 }),
    ],
    [
      'JSR-145',
      'update with operations.append appends to the list',
      update('values: ddb.operations.append([1, 2, 3])'),
      updated('values', 'SET #expName_1 = list_append(#expName_1, :expValue_1)', numbers),
    ],
    [
      'JSR-146',
      'update with operations.prepend puts the list before',
      update('values: ddb.operations.prepend([1, 2, 3])'),
      updated('values', 'SET #expName_1 = list_append(:expValue_1, #expName_1)', numbers),
    ],
    [
      'JSR-147',
      'update with operations.increment adds to the attribute',
      update('age: ddb.operations.increment(10)'),
      updated('age', 'SET #expName_1 = #expName_1 + :expValue_1', { N: 10 }),
    ],
    [
      'JSR-148',
      'update with operations.decrement subtracts from the attribute',
      update('age: ddb.operations.decrement(10)'),
      updated('age', 'SET #expName_1 = #expName_1 - :expValue_1', { N: 10 }),
    ],
    [
      'JSR-149',
      'update with operations.replace sets the whole map',
      update('values: ddb.operations.replace({ a: 10 })'),
      updated('values', 'SET #expName_1 = :expValue_1', { M: { a: { N: 10 } } }),
    ],
    ['JSR-150', 'operations.add is a marker', 'operations.add(10)', { type: 'OPERATION_ADD', value: 10 }],
    [
      'JSR-151',
      'operations.append is a marker',
      'operations.append([1, 2, 3])',
      { type: 'OPERATION_APPEND', items: [1, 2, 3] },
    ],
    [
      'JSR-152',
      'operations.prepend is a marker',
      'operations.prepend([1, 2, 3])',
      { type: 'OPERATION_PREPEND', items: [1, 2, 3] },
    ],
    [
      'JSR-153',
      'operations.increment is a marker',
      'operations.increment(10)',
      { type: 'OPERATION_INCREMENT', by: 10 },
    ],
    [
      'JSR-154',
      'operations.decrement is a marker',
      'operations.decrement(10)',
      { type: 'OPERATION_DECREMENT', by: 10 },
    ],
    [
      'JSR-155',
      'operations.replace is a marker',
      'operations.replace({ a: 10 })',
      { type: 'OPERATION_REPLACE', value: { a: 10 } },
    ],
  ]),
  ...rows('aws/aws-appsync-community#393', 'observed', [
    [
      'JSR-156',
      'update with null sets NULL, it does not remove',
      update('age: null'),
      updated('age', 'SET #expName_1 = :expValue_1', { NULL: null }),
    ],
  ]),
  ...rows('@aws-appsync/utils 2.1.1, dynamodb-helpers.d.ts', 'documented', [
    [
      'JSR-157',
      'update with operations.remove removes the attribute',
      update('age: ddb.operations.remove()'),
      updated('age', 'REMOVE #expName_1'),
    ],
    [
      'JSR-158',
      'a limit and a token that are null are left out',
      'scan({ limit: null, nextToken: null })',
      { operation: 'Scan' },
    ],
  ]),
  ...rows('localstack/appsync-utils, dynamodb/index.js, written after recordings', 'inferred', [
    [
      'JSR-159',
      'query names keys and values as util.transform does, in an object',
      'query({ query: { name: { eq: "n" }, age: { gt: 2 } }, index: "i" })',
      {
        operation: 'Query',
        index: 'i',
        query: {
          expression: '(#name = :name_eq) AND (#age > :age_gt)',
          expressionNames: { '#name': 'name', '#age': 'age' },
          expressionValues: { ':name_eq': { S: 'n' }, ':age_gt': { N: 2 } },
        },
      },
    ],
    [
      'JSR-160',
      'a condition without values has no expressionValues',
      'put({ key: { id: "a" }, item: {}, condition: { id: { attributeExists: false } } })',
      {
        operation: 'PutItem',
        key: { id: { S: 'a' } },
        attributeValues: {},
        condition: { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
      },
    ],
    [
      'JSR-161',
      'a projection has an alias for every segment of its paths',
      'get({ key: { id: "a" }, projection: ["a", "b.c"] })',
      {
        operation: 'GetItem',
        key: { id: { S: 'a' } },
        projection: {
          expression: '#expName_1, #expName_2.#expName_3',
          expressionNames: { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'c' },
        },
      },
    ],
    [
      'JSR-162',
      'batchGet types the keys of each table',
      'batchGet({ tables: { T: { keys: [{ id: "a" }], consistentRead: true } } })',
      { operation: 'BatchGetItem', tables: { T: { keys: [{ id: { S: 'a' } }], consistentRead: true } } },
    ],
    [
      'JSR-163',
      'batchPut types the items of each table',
      'batchPut({ tables: { T: [{ id: "a" }] } })',
      { operation: 'BatchPutItem', tables: { T: [{ id: { S: 'a' } }] } },
    ],
    [
      'JSR-164',
      'batchDelete types the keys of each table',
      'batchDelete({ tables: { T: [{ id: "a" }] } })',
      { operation: 'BatchDeleteItem', tables: { T: [{ id: { S: 'a' } }] } },
    ],
    [
      'JSR-165',
      'transactGet makes transactItems of its items',
      'transactGet({ items: [{ table: "T", key: { id: "a" } }] })',
      { operation: 'TransactGetItems', transactItems: [{ table: 'T', key: { id: { S: 'a' } } }] },
    ],
    [
      'JSR-166',
      'transactWrite names the operation of each item',
      'transactWrite({ items: [{ putItem: { table: "T", key: { id: "a" }, item: { n: 1 } } }, { deleteItem: { table: "T", key: { id: "b" } } }] })',
      {
        operation: 'TransactWriteItems',
        transactItems: [
          { table: 'T', operation: 'PutItem', key: { id: { S: 'a' } }, attributeValues: { n: { N: 1 } } },
          { table: 'T', operation: 'DeleteItem', key: { id: { S: 'b' } } },
        ],
      },
    ],
    [
      'JSR-167',
      'operations.updateListItem sets one element',
      update('list: [ddb.operations.updateListItem("x", 2)]'),
      updated('list', 'SET #expName_1[2] = :expValue_1', { S: 'x' }),
    ],
  ]),
]);
