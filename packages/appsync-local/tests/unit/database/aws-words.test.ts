import { expect, test } from 'vitest';
import { awsWords } from '../../../src/database/aws-words.ts';
import { parseServiceError } from '../../../src/database/dynamodb-error.ts';

test.each([
  [
    'no prefix before an expression',
    '1 validation error detected: Invalid UpdateExpression: Invalid function name; function: foo',
    'Invalid UpdateExpression: Invalid function name; function: foo',
  ],
  [
    'the prefix before a violated constraint',
    "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'the expression that has the value',
    'An expression attribute value used in expression is not defined; attribute value: :b',
    'Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :b',
  ],
  [
    'no expression for a word that none has',
    'An expression attribute value used in expression is not defined; attribute value: :c',
    'An expression attribute value used in expression is not defined; attribute value: :c',
  ],
  [
    'the expression that has the reserved word',
    'Attribute name is a reserved keyword; reserved keyword: name',
    'Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name',
  ],
  [
    'the function where the engine names a parenthesis',
    'Unexpected operator in KeyConditionExpression: (',
    'Invalid operator used in KeyConditionExpression: contains',
  ],
  [
    'an end that comes too early in an expression that is named',
    'Invalid FilterExpression: Expected operand, got end of expression',
    'Invalid FilterExpression: Syntax error; token: "<EOF>", near: ":b <EOF>"',
  ],
  [
    'the short name of an operand’s type',
    '1 validation error detected: Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: NUMBER',
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
  ],
  [
    'the long name beside ADD',
    '1 validation error detected: Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING',
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING',
  ],
  [
    'that what is stored has the wrong type',
    'Operands for + must be numbers',
    'An operand in the update expression has an incorrect data type',
  ],
  ['anything else as it is', 'The conditional request failed', 'The conditional request failed'],
])('says %s', (_what, engine, aws) => {
  const input = {
    KeyConditionExpression: 'a = :a AND contains(s, :s)',
    FilterExpression: 'x < :b',
    ProjectionExpression: 'id, name',
  };

  expect(awsWords(engine, input)).toBe(aws);
});

test('the reasons of a transaction are about their own actions', () => {
  const Message = 'An expression attribute value used in expression is not defined; attribute value: :v';
  const body = JSON.stringify({
    __type: 'x#TransactionCanceledException',
    message: 'cancelled',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError', Message }],
  });

  const { cancellationReasons } = parseServiceError(400, 'id', body, {
    TransactItems: [{ Put: {} }, { Update: { UpdateExpression: 'SET a = :v' } }],
  });

  expect(cancellationReasons).toEqual([
    { Code: 'None' },
    { Code: 'ValidationError', Message: `Invalid UpdateExpression: ${Message}` },
  ]);
});
