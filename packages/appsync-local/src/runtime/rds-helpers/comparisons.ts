import { isRecord } from '../../ground/record.ts';
import { own } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';
import { aggregateOf, isAggregateName } from './aggregates.ts';
import type { Writer } from './writer.ts';

/** Writes one comparison. `subject` is the left side, in SQL; `path` names it in messages: `name.eq`. */
type Comparison = (subject: string, value: unknown, path: string, writer: Writer) => string;

const sign =
  (symbol: string): Comparison =>
  (subject, value, _path, writer) =>
    `${subject} ${symbol} ${writer.bind(value)}`;

const like =
  (keyword: string, pattern: (value: string) => string): Comparison =>
  (subject, value, path, writer) => {
    if (typeof value !== 'string') {
      throw new HelperFailure(`${path} expects a string value to be passed.`);
    }
    return `${subject} ${keyword} ${writer.bind(pattern(value))}`;
  };

const between: Comparison = (subject, value, path, writer) => {
  if (!Array.isArray(value)) {
    throw new HelperFailure(`${path} condition expects an array with length of 2.`);
  }
  if (value.length !== 2) {
    throw new HelperFailure(
      `${path} condition expects an array with 2 values but received an array with length ${value.length}.`,
    );
  }
  const [low, high] = value as [unknown, unknown];
  return `${subject} BETWEEN ${writer.bind(low)} AND ${writer.bind(high)}`;
};

const attributeExists: Comparison = (subject, value, path) => {
  if (typeof value !== 'boolean') {
    throw new HelperFailure(`${path} expects a boolean value to be passed.`);
  }
  return `${subject} ${value ? 'IS NOT NULL' : 'IS NULL'}`;
};

/** Comparisons of numbers, which `size` and the aggregates accept as well. */
const NUMERIC: Readonly<Record<string, Comparison>> = {
  eq: sign('='),
  ne: sign('!='),
  gt: sign('>'),
  ge: sign('>='),
  lt: sign('<'),
  le: sign('<='),
  between,
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  ...NUMERIC,
  contains: like('LIKE', (value) => `%${value}%`),
  // AppSync puts no wildcards around the value (recorded by localstack/appsync-utils).
  notContains: like('NOT LIKE', (value) => value),
  beginsWith: like('LIKE', (value) => `${value}%`),
  attributeExists,
};

/** The comparisons `{ eq: 1, lt: 5 }` of a column, one per member. @param column by name, for messages */
export function comparisonsOf(column: string, conditions: Record<string, unknown>, writer: Writer): string {
  return Object.entries(conditions)
    .map(([operator, value]) => comparisonOf(column, operator, value, writer))
    .join(' AND ');
}

function comparisonOf(column: string, operator: string, value: unknown, writer: Writer): string {
  const path = `${column}.${operator}`;
  const subject = writer.identifier(column);
  const comparison = own(COMPARISONS, operator);
  const measured = measure(operator, subject);
  if (!comparison && measured === undefined) {
    throw new HelperFailure(`Unsupported condition ${path}.`);
  }
  if (value === null || value === undefined) {
    throw new HelperFailure(`Value for ${path} can't be null.`);
  }
  return comparison
    ? comparison(subject, value, path, writer)
    : numericComparisons(measured as string, operator, value, path, writer);
}

/** `LENGTH ("name")`, with the space that localstack/appsync-utils recorded, or an aggregate of `having`. */
function measure(operator: string, subject: string): string | undefined {
  if (operator === 'size') {
    return `LENGTH (${subject})`;
  }
  return isAggregateName(operator) ? aggregateOf(operator, subject) : undefined;
}

/** The comparisons inside `{ size: { gt: 3 } }`, where null is allowed, unlike outside (recorded by localstack/appsync-utils). */
function numericComparisons(
  subject: string,
  operator: string,
  conditions: unknown,
  path: string,
  writer: Writer,
): string {
  if (!isRecord(conditions)) {
    throw new HelperFailure(`Expected ${path} to be an Object.`);
  }
  return Object.entries(conditions)
    .map(([name, value]) => {
      const comparison = own(NUMERIC, name);
      if (!comparison) {
        throw new HelperFailure(`${path} has invalid ${operator} operator.`);
      }
      return comparison(subject, value, path, writer);
    })
    .join(' AND ');
}
