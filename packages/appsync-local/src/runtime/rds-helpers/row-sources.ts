import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';
import { isStatementOf, isSubquery } from './statements.ts';
import type { Writer } from './writer.ts';

type Payload = Record<string, unknown>;

const absent = (value: unknown): boolean => value === null || value === undefined;

const REQUIRED = "'table' or 'from' key is required.";

/** The table of `insert`, `update` and `remove`, which ignore `from` (recorded by localstack/appsync-utils). */
export function tableOf({ table }: Payload, writer: Writer): string {
  if (absent(table)) {
    throw new HelperFailure(REQUIRED);
  }
  if (typeof table === 'string') {
    return writer.identifier(table);
  }
  if (!isRecord(table)) {
    throw new HelperFailure('table name is expected to be a string or alias.');
  }
  return aliased(table, writer);
}

/** The source of `select` and its joins: a table or, under `from`, a subquery as well. */
export function sourceOf(payload: Payload, writer: Writer): string {
  const { from, table } = payload;
  if (absent(from)) {
    return tableOf(payload, writer);
  }
  if (!absent(table)) {
    throw new HelperFailure("'from' and 'table' keys cannot be used together");
  }
  if (typeof from === 'string') {
    return writer.identifier(from);
  }
  if (isStatementOf(from, 'SQL')) {
    return writer.statement(from);
  }
  if (isStatementOf(from, 'SELECT')) {
    return `(${writer.statement(from)})`;
  }
  if (!isRecord(from)) {
    throw new HelperFailure("'from' value is expected to be string or object.");
  }
  return aliased(from, writer);
}

/** `{ p: 'persons' }` as `"persons" as "p"`: the key is the alias. */
function aliased(alias: Payload, writer: Writer): string {
  const entries = Object.entries(alias);
  // The message shows AppSync's own exception (recorded by localstack/appsync-utils).
  if (entries.length === 0) {
    throw new HelperFailure('java.util.NoSuchElementException');
  }
  if (entries.length > 1) {
    throw new HelperFailure('table alias is allowed only one key-value pair.');
  }
  const [name, target] = entries[0] as [string, unknown];
  return `${aliasTarget(target, writer)} as ${writer.identifier(name)}`;
}

function aliasTarget(target: unknown, writer: Writer): string {
  if (typeof target === 'string') {
    return writer.identifier(target);
  }
  if (isSubquery(target)) {
    return `(${writer.statement(target)})`;
  }
  throw new HelperFailure('Table alias value is expected to be a string.');
}
