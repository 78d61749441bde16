import { validationError } from '../../database/dynamodb-error.ts';
import type { Expression } from './expressions.ts';
import type { KeyTypes } from './key-types.ts';
import type { WireValue } from './typed-values.ts';

/** One comparison in a key condition expression, and the aliases that it uses. */
interface Comparison {
  operator: string;
  name: string;
  values: string[];
}

const FORMS: [RegExp, (match: string[]) => Comparison][] = [
  [/([#\w]+)\s*(=|<=|>=|<|>)\s*(:\w+)/g, ([, name, operator, value]) => made(operator, name, value)],
  [/([#\w]+)\s+between\s+(:\w+)\s+and\s+(:\w+)/gi, ([, name, low, high]) => made('between', name, low, high)],
  [/begins_with\s*\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)/gi, ([, name, value]) => made('begins_with', name, value)],
];

const made = (operator = '', name = '', ...values: (string | undefined)[]): Comparison => ({
  operator,
  name,
  values: values.filter((value) => value !== undefined),
});

/**
 * Refuses a key condition whose values differ in type from the key, as DynamoDB does (observed, aws/aws-appsync-community#220);
 * the embedded engine would find nothing. Also refuses two conditions on one attribute (dynalite, whose tests ran on AWS).
 * Leaves other invalid conditions to the engine, whose complaints come first on AWS.
 *
 * @throws DynamoDbError
 */
export function checkKeyCondition(condition: Expression, key: KeyTypes): void {
  const { names, values } = condition;
  const comparisons = comparisonsIn(condition.text).map((one) => ({
    ...one,
    name: names[one.name] ?? one.name,
  }));
  if (!isComplete(comparisons, key)) {
    return;
  }
  if (new Set(comparisons.map(({ name }) => name)).size < comparisons.length) {
    throw validationError('KeyConditionExpressions must only contain one condition per key');
  }
  for (const { operator, name, values: aliases } of comparisons) {
    for (const alias of aliases) {
      const value = values[alias];
      if (value) {
        checkValue(operator, typeOf(value), key.types.get(name));
      }
    }
  }
}

function checkValue(operator: string, actual: string, expected: string | undefined): void {
  if (operator === 'begins_with' && actual !== 'S' && actual !== 'B') {
    throw validationError(
      `Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: ${actual}`,
    );
  }
  if (actual !== expected) {
    throw validationError(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  }
}

/** Whether all conditions are on key attributes, one of them on the partition key. */
const isComplete = (comparisons: Comparison[], { partitionKey, types }: KeyTypes): boolean =>
  comparisons.every(({ name }) => types.has(name)) &&
  comparisons.some(({ name, operator }) => name === partitionKey && operator === '=');

function typeOf(value: WireValue): string {
  for (const type in value) {
    return type;
  }
  return '';
}

const MOST_KEPT = 500;
const kept = new Map<string, Comparison[]>();

/** Remembered by text: resolvers use few. */
function comparisonsIn(text: string): Comparison[] {
  const known = kept.get(text);
  if (known) {
    return known;
  }
  if (kept.size === MOST_KEPT) {
    kept.clear();
  }
  const comparisons = FORMS.flatMap(([form, read]) => [...text.matchAll(form)].map(read));
  kept.set(text, comparisons);
  return comparisons;
}
