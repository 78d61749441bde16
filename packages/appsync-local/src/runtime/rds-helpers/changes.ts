import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';
import { clause, joinClauses } from './clauses.ts';
import { columnsOf } from './columns.ts';
import { conditionOf } from './conditions.ts';
import { tableOf } from './row-sources.ts';
import type { Writer } from './writer.ts';

type Payload = Record<string, unknown>;

export function writeInsert(payload: Payload, writer: Writer): string {
  const table = tableOf(payload, writer);
  const values = valuesOf(payload, 'insert');
  const columns = values.map(([name]) => writer.identifier(name)).join(', ');
  const bound = values.map(([, value]) => writer.bind(value)).join(', ');
  return joinClauses(`INSERT INTO ${table} (${columns}) VALUES (${bound})`, returning(payload, writer));
}

export function writeUpdate(payload: Payload, writer: Writer): string {
  const table = tableOf(payload, writer);
  const values = valuesOf(payload, 'update');
  const changes = values.map(([name, value]) => `${writer.identifier(name)} = ${writer.bind(value)}`);
  return joinClauses(
    `UPDATE ${table} SET`,
    changes.join(', '),
    where(payload, writer),
    returning(payload, writer),
  );
}

export const writeRemove = (payload: Payload, writer: Writer): string =>
  joinClauses(`DELETE FROM ${tableOf(payload, writer)}`, where(payload, writer), returning(payload, writer));

function valuesOf({ values }: Payload, helper: string): [name: string, value: unknown][] {
  if (values === undefined || values === null) {
    throw new HelperFailure(`values are expected to be passed to ${helper}`);
  }
  if (!isRecord(values)) {
    throw new HelperFailure('Expected values to an Object.');
  }
  return Object.entries(values);
}

const where = (payload: Payload, writer: Writer): string =>
  clause('WHERE', conditionOf(payload['where'], 'WHERE', writer));

/** Checks the list before the dialect, as AWS does. */
function returning(payload: Payload, writer: Writer): string {
  const { returning: columns } = payload;
  if (columns === undefined || columns === null) {
    return '';
  }
  const list = columnsOf(columns, writer);
  writer.onlyInPostgres('returning');
  return joinClauses('RETURNING', list);
}
