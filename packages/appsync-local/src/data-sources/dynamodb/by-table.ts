import { readList, readObject, readTypedMap } from './read-request.ts';
import type { WireMap } from './typed-values.ts';

/** Lists of a batch request or result, by table. */
export type ByTable<T> = Record<string, T[]>;

/** `tables: {T: [{id: {S: "1"}}]}`: items or keys by table. */
export function readTables(value: unknown): ByTable<WireMap> {
  const tables = readObject(value, '$[tables]');
  return mapTables(tables, (list, table) => readMaps(list, `$[tables][${table}]`));
}

export const readMaps = (value: unknown, path: string): WireMap[] =>
  readList(value, path).map((item, index) => readTypedMap(item, `${path}[${index}]`));

export function mapTables<T, R>(
  tables: Record<string, T>,
  map: (value: T, table: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(tables).map(([table, value]) => [table, map(value, table)]));
}

/** `UnprocessedItems` and the like, with an entry for every requested table. */
export const everyTable = <T>(tables: object, some: ByTable<T>): ByTable<T> =>
  Object.fromEntries(Object.keys(tables).map((table) => [table, some[table] ?? []]));
