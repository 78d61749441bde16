import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';
import { aggregateOf, isAggregate } from './aggregates.ts';
import { isSubquery } from './statements.ts';
import type { Writer } from './writer.ts';

const invalid = () => new HelperFailure('Invalid type in column array.');

/** `columns`, `returning` and `using`: `*`, or a list of names, aggregates and aliases. */
export function columnsOf(columns: unknown, writer: Writer): string {
  if (columns === '*') {
    return '*';
  }
  if (!Array.isArray(columns)) {
    throw new HelperFailure('Expected column to be * or an array.');
  }
  return columns.map((column) => columnOf(column, writer)).join(', ');
}

function columnOf(column: unknown, writer: Writer): string {
  if (typeof column === 'string' || isAggregate(column)) {
    return expression(column, writer);
  }
  if (!isRecord(column)) {
    throw invalid();
  }
  const entries = Object.entries(column);
  if (entries.length !== 1) {
    throw invalid();
  }
  const [alias, target] = entries[0] as [string, unknown];
  return `${expression(target, writer)} as ${writer.identifier(alias)}`;
}

function expression(target: unknown, writer: Writer): string {
  if (typeof target === 'string') {
    return columnName(target, writer);
  }
  if (isAggregate(target)) {
    const { name, column } = target.properties;
    return aggregateOf(name, columnName(column, writer));
  }
  if (isSubquery(target)) {
    return `(${writer.statement(target)})`;
  }
  throw invalid();
}

/** Only a bare star stays a star; `persons.*` is quoted as one name (recorded by localstack/appsync-utils). */
const columnName = (name: string, writer: Writer): string => (name === '*' ? name : writer.identifier(name));
