import { HelperFailure } from '../interruption.ts';
import { writeInsert, writeRemove, writeUpdate } from './changes.ts';
import type { Dialect } from './identifiers.ts';
import { writeSelect } from './select.ts';
import { isStatement, templateOf } from './statements.ts';
import type { Statement } from './statements.ts';
import { Writer } from './writer.ts';
import type { RdsRequest } from './writer.ts';

/** The most statements that AppSync sends in one request (developer guide, "resolver reference for Amazon RDS"). */
const MOST_STATEMENTS = 2;

/**
 * `createPgStatement` or `createMySQLStatement`: writes one or two statements, or takes their text unchanged. The numbers of
 * the variables continue from the first to the second.
 *
 * @throws HelperFailure in AppSync's words when a statement cannot be written
 */
export const createStatement =
  (helper: string, dialect: Dialect) =>
  (...given: unknown[]): RdsRequest => {
    if (given.length === 0) {
      throw new HelperFailure(`An argument is expected to be passed to ${helper}`);
    }
    if (given.length > MOST_STATEMENTS) {
      throw new HelperFailure(`${helper} takes at most ${MOST_STATEMENTS} statements, not ${given.length}`);
    }
    const [first, second] = given;
    const writer = new Writer(dialect, writeStatement);
    const statements = [textOf(first, helper, writer)];
    if (second !== undefined && second !== null) {
      statements.push(textOf(second, helper, writer));
    }
    const { variableMap, variableTypeHintMap } = writer;
    return { statements, variableMap, variableTypeHintMap };
  };

function textOf(statement: unknown, helper: string, writer: Writer): string {
  if (typeof statement === 'string') {
    return statement;
  }
  if (!isStatement(statement)) {
    throw new HelperFailure(`Unsupported type is passed as argument to ${helper}`);
  }
  return writer.statement(statement);
}

function writeStatement({ type, properties }: Statement, writer: Writer): string {
  switch (type) {
    case 'SELECT':
      return writeSelect(properties, writer);
    case 'INSERT':
      return writeInsert(properties, writer);
    case 'UPDATE':
      return writeUpdate(properties, writer);
    case 'REMOVE':
      return writeRemove(properties, writer);
    case 'SQL':
      return writeTemplate(properties, writer);
    default: {
      const unknown: never = type;
      throw new Error(`no statement is of type ${String(unknown)}`);
    }
  }
}

/** The text of a tagged template, its expressions bound in their order. */
function writeTemplate(properties: Record<string, unknown>, writer: Writer): string {
  const { strings, values } = templateOf(properties);
  return strings
    .map((text, index) => (index < values.length ? `${text}${writer.bind(values[index])}` : text))
    .join('');
}
