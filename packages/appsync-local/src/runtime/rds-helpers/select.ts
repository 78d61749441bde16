import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';
import { clause, joinClauses } from './clauses.ts';
import { columnsOf } from './columns.ts';
import { conditionOf } from './conditions.ts';
import { joinsOf } from './joins.ts';
import { sourceOf } from './row-sources.ts';
import type { Writer } from './writer.ts';

/** The text of a `select`; variables are numbered in the order of the text. */
export const writeSelect = (payload: Record<string, unknown>, writer: Writer): string =>
  joinClauses(
    'SELECT',
    columnsOf(payload['columns'] ?? '*', writer),
    `FROM ${sourceOf(payload, writer)}`,
    joinsOf(payload, writer),
    clause('WHERE', conditionOf(payload['where'], 'WHERE', writer)),
    clause('GROUP BY', groupBy(payload['groupBy'], writer)),
    clause('HAVING', conditionOf(payload['having'], 'HAVING', writer)),
    clause('ORDER BY', orderBy(payload['orderBy'], writer)),
    count('limit', payload['limit'], writer),
    count('offset', payload['offset'], writer),
  );

function items(value: unknown, name: string): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new HelperFailure(`${name} expects an array.`);
  }
  return value as unknown[];
}

/** Columns by name, or by their position in the list of columns. */
const groupBy = (value: unknown, writer: Writer): string =>
  items(value, 'groupBy')
    .map((item) => {
      if (typeof item === 'string') {
        return writer.identifier(item);
      }
      if (Number.isInteger(item)) {
        return String(item);
      }
      throw new HelperFailure('groupBy item expected to be a string or a number.');
    })
    .join(', ');

const orderBy = (value: unknown, writer: Writer): string =>
  items(value, 'orderBy')
    .map((item) => {
      if (!isRecord(item)) {
        throw new HelperFailure('orderBy item expected to be an object.');
      }
      const { column, dir } = item;
      if (typeof column !== 'string') {
        throw new HelperFailure('orderBy item expected to have property column.');
      }
      return `${writer.identifier(column)} ${direction(dir)}`;
    })
    .join(', ');

/** Anything but a string means ascending (recorded by localstack/appsync-utils). */
function direction(dir: unknown): string {
  if (typeof dir !== 'string') {
    return 'ASC';
  }
  const upper = dir.toUpperCase();
  if (upper !== 'ASC' && upper !== 'DESC') {
    throw new HelperFailure(`orderBy dir can have either ASC or DESC found ${dir}.`);
  }
  return upper;
}

/** `LIMIT :P0`; digits in a string count as a number. */
function count(name: 'limit' | 'offset', value: unknown, writer: Writer): string {
  if (value === undefined || value === null) {
    return '';
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new HelperFailure(`${name} expects a number.`);
  }
  return `${name.toUpperCase()} ${writer.bind(number)}`;
}
