import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { ask, check, freshId, resultOf } from './ask.ts';
import { lineKey } from './lines.ts';

const WRONG_TYPE =
  'One or more parameter values were invalid: Condition parameter type does not match schema type';
const RECORDED = 'nubo-db/dynamodb-conformance';
/** Its tests can be run on AWS, and are kept to it. */
const DYNALITE = 'architect/dynalite, test/query.js';

const query = (expression: string, expressionValues: object, more: object = {}) => ({
  operation: 'Query',
  query: { expression, expressionValues, ...more },
});

const update = (expression: string, expressionValues?: object) => ({
  operation: 'UpdateItem',
  key: { id: { S: freshId() } },
  update: { expression, ...(expressionValues && { expressionValues }) },
});

const [id, at] = [{ ':id': { S: 'a' } }, { '#at': 'at' }];

/** The field asked, and the whole of what DynamoDB says before `(Service: …)`. */
type Row = [
  id: string,
  promise: string,
  source: string,
  evidence: Evidence,
  field: 'lines' | 'things',
  request: object,
  message: string,
];

const rows: Row[] = [
  [
    'DSC-220',
    'a Query whose partition key has the wrong type is an error, not an empty list',
    'aws/aws-appsync-community#220, aws-amplify/amplify-category-api#789',
    'observed',
    'lines',
    query('id = :id', { ':id': { N: 1 } }),
    WRONG_TYPE,
  ],
  [
    'DSC-221',
    'a Query whose sort key has the wrong type is an error',
    'aws/aws-appsync-community#220',
    'observed',
    'lines',
    query('id = :id AND #at > :at', { ...id, ':at': { N: 1 } }, { expressionNames: at }),
    WRONG_TYPE,
  ],
  [
    'DSC-222',
    'a Query of an index must use the types of its key',
    'aws/aws-appsync-community#220',
    'inferred',
    'lines',
    {
      ...query('#k = :k', { ':k': { BOOL: true } }, { expressionNames: { '#k': 'kind' } }),
      index: 'byKind',
    },
    WRONG_TYPE,
  ],
  [
    'DSC-223',
    'begins_with of a number on a key is an error',
    DYNALITE,
    'inferred',
    'lines',
    query('id = :id AND begins_with(#at, :at)', { ...id, ':at': { N: 1 } }, { expressionNames: at }),
    'Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
  ],
  [
    'DSC-224',
    'a Query with two conditions on one key is an error',
    DYNALITE,
    'inferred',
    'lines',
    query('id = :id AND id = :id', id),
    'KeyConditionExpressions must only contain one condition per key',
  ],
  [
    'DSC-225',
    'an operator that a key condition may not have is named',
    DYNALITE,
    'inferred',
    'lines',
    query('id = :id OR #at = :id', id, { expressionNames: at }),
    'Invalid operator used in KeyConditionExpression: OR',
  ],
  [
    'DSC-226',
    'a Query without equality on the partition key is not supported',
    DYNALITE,
    'inferred',
    'lines',
    query('id > :id', id),
    'Query key condition not supported',
  ],
  [
    'DSC-227',
    'an error in an update expression has no prefix',
    RECORDED,
    'observed',
    'things',
    update('INVALID SYNTAX HERE', { ':v': { S: 'x' } }),
    'Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"',
  ],
  [
    'DSC-228',
    'an undefined alias is reported with its expression: a value',
    RECORDED,
    'observed',
    'things',
    update('SET n = :v'),
    'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v',
  ],
  [
    'DSC-229',
    'an undefined alias is reported with its expression: a name in a filter',
    RECORDED,
    'observed',
    'lines',
    {
      ...query('id = :id', id),
      filter: { expression: '#missing = :f', expressionValues: { ':f': { N: 1 } } },
    },
    'Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #missing',
  ],
  [
    'DSC-230',
    'an undefined alias is reported with its expression: a value in a key condition',
    RECORDED,
    'inferred',
    'lines',
    query('id = :other', {}),
    'Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :other',
  ],
  [
    'DSC-231',
    'a reserved word is reported with its expression',
    'DynamoDB Developer Guide, reserved words',
    'inferred',
    'things',
    update('SET name = :v', { ':v': { S: 'x' } }),
    'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name',
  ],
  [
    'DSC-232',
    'operands of the wrong type are reported with their expression and without a prefix',
    'architect/dynalite, test/updateItem.js',
    'inferred',
    'things',
    update('SET n = if_not_exists(n, :zero) + :v', { ':zero': { N: 0 }, ':v': { S: 'x' } }),
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S',
  ],
  [
    'DSC-233',
    'an expression that ends too early is a syntax error',
    RECORDED,
    'inferred',
    'lines',
    query('id =', id),
    'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "= <EOF>"',
  ],
  [
    'DSC-234',
    'the error for an empty set has no prefix',
    RECORDED,
    'observed',
    'things',
    { operation: 'PutItem', key: { id: { S: freshId() } }, attributeValues: { s: { SS: [] } } },
    'One or more parameter values were invalid: An string set  may not be empty',
  ],
];

/** What DynamoDB refuses, in its words. */
export const dynamoDbRefusalChecks: Check[] = [
  ...rows.map(([name, promise, source, evidence, field, request, message]) =>
    check(name, promise, source, evidence, async (api) => {
      const { result, error } = await ask(api, field, request);
      assert.equal(result, null);
      assert.equal(error?.type, 'DynamoDB:DynamoDbException');
      const [words, rest] = error.message.split(' (Service: DynamoDb, Status Code: 400, Request ID: ');
      assert.equal(words, message);
      assert.match(rest ?? '', /^[\w-]+\)$/);
    }),
  ),
  check('DSC-235', 'GetItem with a key of the wrong type is an error', RECORDED, 'observed', async (api) => {
    const key = { ...lineKey('a', '1'), at: { N: 1 } };
    const { error } = await ask(api, 'lines', { operation: 'GetItem', key });
    assert.match(error?.message ?? '', /^The provided key element does not match the schema \(/);
  }),
  check(
    'DSC-237',
    'an operand stored with the wrong type is reported without its type',
    'architect/dynalite, test/updateItem.js',
    'inferred',
    async (api) => {
      const key = { id: { S: freshId() } };
      await resultOf(api, 'things', { operation: 'PutItem', key, attributeValues: { n: { S: 'x' } } });
      const one = { expression: 'SET n = n + :one', expressionValues: { ':one': { N: 1 } } };
      const { error } = await ask(api, 'things', { operation: 'UpdateItem', key, update: one });
      assert.match(
        error?.message ?? '',
        /^An operand in the update expression has an incorrect data type \(/,
      );
    },
  ),
];
