import { batchWrite, type BatchWriteKind } from './batch-write.ts';
import { readTables } from './by-table.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { checkMembers } from './read-request.ts';
import type { WireMap } from './typed-values.ts';

const MEMBERS = members('tables');

const DELETE: BatchWriteKind = {
  wrap: (Key) => ({ DeleteRequest: { Key } }),
  unwrap: (request) => (request.DeleteRequest as { Key: WireMap }).Key,
  unprocessed: 'unprocessedKeys',
};

/** Returns `{data: {T: [key | null]}, unprocessedKeys: {T: [key]}}` (docs/facts/dynamodb.md#batch). */
export const batchDeleteItem: Operation = async (request, place) => {
  checkMembers(request, MEMBERS, '$');
  return batchWrite(readTables(request.tables), place, DELETE);
};
