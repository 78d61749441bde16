import { toDynamoDbRecord } from '../format/attribute-value.ts';
import type { Filled, Row } from '../format/row.ts';

/**
 * Whether the table's row equals the line. Attributes that the line leaves out may have any value in the table, as may the mark
 * `referenced`.
 */
export function sameRow(row: Row, filled: readonly Filled[], existing: Row): boolean {
  const compared = (one: Row): string => {
    const { referenced: _referenced, ...rest } = one;
    for (const name of filled) {
      delete rest[name];
    }
    return toDynamoDbRecord(rest);
  };
  return compared(row) === compared(existing);
}

/** The row to write over an existing one: a line without version takes the next one, one without `createdAt` keeps it; the mark stays. */
export function rowOver(row: Row, filled: readonly Filled[], existing: Row): Row {
  const version = existing['version']?.N;
  return {
    ...row,
    ...(filled.includes('version') &&
      version !== undefined && { version: { N: String(Number(version) + 1) } }),
    ...(filled.includes('createdAt') && existing['createdAt'] && { createdAt: existing['createdAt'] }),
    ...(existing['referenced']?.BOOL && { referenced: { BOOL: true } }),
  };
}
