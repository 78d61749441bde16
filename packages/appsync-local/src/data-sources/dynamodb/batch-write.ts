import { answered, failed, type Outcome } from '../data-source.ts';
import { everyTable, mapTables, type ByTable } from './by-table.ts';
import type { Place } from './dynamodb-operation.ts';
import { dataSourceError } from './errors.ts';
import { runBatch } from './partial-batch.ts';
import { sameItem } from './same-item.ts';
import { mapFromWire, type WireMap } from './typed-values.ts';

/** The differences between BatchPutItem and BatchDeleteItem. */
export interface BatchWriteKind {
  /** `{PutRequest: {Item}}` or `{DeleteRequest: {Key}}`. */
  wrap(item: WireMap): object;
  unwrap(request: Record<string, unknown>): WireMap;
  /** The member of the result that lists what DynamoDB did not process. */
  unprocessed: 'unprocessedItems' | 'unprocessedKeys';
}

interface BatchWriteAnswer {
  UnprocessedItems?: ByTable<Record<string, unknown>>;
}

/**
 * Writes or deletes up to 25 items. `data` has the request's order and length, with null for what was not processed
 * (docs/facts/dynamodb.md#batch); nothing is retried.
 */
export async function batchWrite(
  tables: ByTable<WireMap>,
  { client }: Place,
  { wrap, unwrap, unprocessed }: BatchWriteKind,
): Promise<Outcome> {
  const reached: string[] = [];
  const requestItems = mapTables(tables, (items) => items.map(wrap));
  const { answers, error } = await runBatch(requestItems, async (part) => {
    const answer = await client.call<BatchWriteAnswer>('BatchWriteItem', { RequestItems: part });
    reached.push(...Object.keys(part));
    return answer;
  });
  const left: ByTable<WireMap> = Object.assign(
    {},
    ...answers.map(({ UnprocessedItems = {} }) => mapTables(UnprocessedItems, (list) => list.map(unwrap))),
  );
  const isDone = (item: WireMap, table: string): boolean =>
    reached.includes(table) && !left[table]?.some((undone) => sameItem(undone, item));
  const result = {
    data: mapTables(tables, (items, table) =>
      items.map((item) => (isDone(item, table) ? mapFromWire(item) : null)),
    ),
    [unprocessed]: everyTable(
      tables,
      mapTables(left, (items) => items.map((item) => mapFromWire(item))),
    ),
  };
  return error ? failed(dataSourceError(error), result) : answered(result);
}
