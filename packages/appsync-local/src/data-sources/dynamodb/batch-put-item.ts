import { batchWrite, type BatchWriteKind } from './batch-write.ts';
import { readTables } from './by-table.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { checkMembers } from './read-request.ts';
import type { WireMap } from './typed-values.ts';

const MEMBERS = members('tables');

const PUT: BatchWriteKind = {
  wrap: (Item) => ({ PutRequest: { Item } }),
  unwrap: (request) => (request.PutRequest as { Item: WireMap }).Item,
  unprocessed: 'unprocessedItems',
};

/** Returns `{data: {T: [item | null]}, unprocessedItems: {T: [item]}}` (docs/facts/dynamodb.md#batch). */
export const batchPutItem: Operation = async (request, place) => {
  checkMembers(request, MEMBERS, '$');
  return batchWrite(readTables(request.tables), place, PUT);
};
