/**
 * Replaces the embedded engine's own wording of some refusals by DynamoDB's, as recorded in the tests of
 * nubo-db/dynamodb-conformance and of dynalite, which were run on AWS.
 */

/** @param input of the call, or of an action in a transaction: the message concerns one of its expressions */
export function awsWords(message: string, input: object): string {
  const bare = withoutPrefix(message);
  return (
    ofOperands(bare) ?? ofKeyConditions(bare, input) ?? ofSyntax(bare, input) ?? withExpression(bare, input)
  );
}

/** On AWS the prefix stands only before violated constraints, never before errors in an expression or a value. */
const withoutPrefix = (message: string): string =>
  message.includes(' failed to satisfy constraint: ')
    ? message
    : message.replace(/^\d+ validation errors? detected: /, '');

/** Errors in an expression's values use the short names of types, except beside `operator: ADD` and DELETE. */
const SHORT: Record<string, string> = {
  STRING: 'S',
  NUMBER: 'N',
  BINARY: 'B',
  BOOLEAN: 'BOOL',
  LIST: 'L',
  MAP: 'M',
};

const OPERAND = /(operator or function: \S+, operand type: )([A-Z]+)$/;
/** Errors in what is stored. */
const STORED = /^(?:Operands for [+-] must be numbers|list_append requires two list operands)$/;

function ofOperands(message: string): string | undefined {
  if (STORED.test(message)) {
    return 'An operand in the update expression has an incorrect data type';
  }
  const short = SHORT[OPERAND.exec(message)?.[2] ?? ''];
  return short && message.replace(OPERAND, `$1${short}`);
}

const OPERATORS = [
  /^Unexpected (?:operator|token) in KeyConditionExpression: (<>|OR|IN|\()$/,
  /^Expected attribute name, got (NOT)$/,
];

function ofKeyConditions(message: string, input: object): string | undefined {
  if (message === 'Invalid KeyConditionExpression: partition key must use equality') {
    return 'Query key condition not supported';
  }
  const operator = OPERATORS.map((form) => form.exec(message)?.[1]).find(Boolean);
  const named = operator === '(' ? functionIn(textOf(input, 'KeyConditionExpression')) : operator;
  return named && `Invalid operator used in KeyConditionExpression: ${named}`;
}

/** The engine names the parenthesis, DynamoDB the function before it. */
const functionIn = (text = ''): string | undefined =>
  [...text.matchAll(/(\w+)\s*\(/g)]
    .map(([, name]) => name)
    .find((name) => !/^(and|begins_with)$/i.test(name!));

const EXPRESSIONS = [
  'KeyConditionExpression',
  'FilterExpression',
  'ConditionExpression',
  'UpdateExpression',
  'ProjectionExpression',
];

const ENDED = /^(?:Invalid (\w+): )?(?:Syntax error; )?Expected .+, got end of expression$/;

/** For an expression that ends too early. The engine names the expression, except for the first that a call can have. */
function ofSyntax(message: string, input: object): string | undefined {
  const match = ENDED.exec(message);
  if (!match) {
    return undefined;
  }
  const name = match[1] ?? EXPRESSIONS.find((each) => textOf(input, each) !== undefined) ?? '';
  const last = textOf(input, name)
    ?.match(/[#:]?\w+|[^\s\w]/g)
    ?.at(-1);
  return last && `Invalid ${name}: Syntax error; token: "<EOF>", near: "${last} <EOF>"`;
}

/** Messages that on AWS begin with the name of their expression. */
const ABOUT_EXPRESSIONS = [
  /^An expression attribute value used in expression is not defined; attribute value: (:\w+)$/,
  /^An expression attribute name used in the document path is not defined; attribute name: (#\w+)$/,
  /^Attribute name is a reserved keyword; reserved keyword: (\w+)$/,
];

function withExpression(message: string, input: object): string {
  const word = ABOUT_EXPRESSIONS.map((form) => form.exec(message)?.[1]).find(Boolean);
  const name = word && EXPRESSIONS.find((each) => wordsOf(textOf(input, each)).includes(word));
  return name ? `Invalid ${name}: ${message}` : message;
}

function textOf(input: object, name: string): string | undefined {
  const text = (input as Record<string, unknown>)[name];
  return typeof text === 'string' ? text : undefined;
}

const wordsOf = (text = ''): string[] => text.match(/[#:]?\w+/g) ?? [];
