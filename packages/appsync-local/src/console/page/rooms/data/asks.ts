import { localJson } from '../../api/local-route.ts';
import { type AttributeValue, type Item, typedValue } from './typed-json.ts';

export interface Table {
  name: string;
  logicalId: string;
  key: KeyPart[];
  indexes: { name: string; kind: 'global' | 'local'; key: KeyPart[]; projection: string }[];
  stream?: string;
  timeToLiveAttribute?: string;
  items: number;
}

export interface KeyPart {
  name: string;
  type: string;
}

export interface Tables {
  tables: Table[];
  isWritable: boolean;
  /** US dollars. */
  readUnitUsd: number;
}

export interface ItemPage {
  operation: 'Query' | 'Scan';
  items: Item[];
  /** Where the next page begins; null after the last item. */
  next: Item | null;
  scanned: number;
  units: number;
}

/** What somebody looks for, as typed. */
export interface Search {
  table: string;
  /** Empty for the table itself. */
  index: string;
  /** Empty reads everything, by a Scan. */
  partition: string;
  sortOperator: string;
  /** Empty for any. */
  sort: string;
  descending: boolean;
  /** Empty for no filter. */
  attribute: string;
  filterOperator: string;
  filter: string;
}

export const KEY_OPERATORS = ['=', 'begins_with', '<', '<=', '>', '>='];
export const FILTER_OPERATORS = [...KEY_OPERATORS, ...['<>', 'contains', 'exists', 'does not exist']];

export const emptySearch = (table: string): Search => ({
  ...{ table, index: '', partition: '', sortOperator: '=', sort: '', descending: false },
  ...{ attribute: '', filterOperator: '=', filter: '' },
});

export const loadTables = (): Promise<Tables> => localJson('/_local/data');

export const readPage = (search: Search, key: KeyPart[], from: Item | null): Promise<ItemPage> =>
  localJson('/_local/data/read', readBody(search, key, from));

/** @param before as it was looked at; null for a new item. @param after null deletes it */
export const writeItem = (
  table: string,
  before: Item | null,
  after: Item | null,
): Promise<{ units: number }> => localJson('/_local/data/write', { table, before, after });

/** @param key of the table or index that is searched */
export function readBody(search: Search, [partition, sort]: KeyPart[], from: Item | null): object {
  const { table, index, attribute, filterOperator, filter } = search;
  return {
    table,
    from,
    ...(index !== '' && { index }),
    ...(search.partition !== '' && {
      partition: { [partition!.type]: search.partition },
      descending: search.descending,
      ...(sort &&
        search.sort !== '' && { sort: { op: search.sortOperator, value: { [sort.type]: search.sort } } }),
    }),
    ...(attribute !== '' && {
      filter: {
        attribute,
        op: filterOperator,
        ...(!filterOperator.endsWith('exist') &&
          !filterOperator.endsWith('exists') && { value: filterValue(filter) }),
      },
    }),
  };
}

/** `12`, `true` and `"12"` as JSON, anything else as a text. */
export function filterValue(text: string): AttributeValue {
  try {
    return typedValue(JSON.parse(text));
  } catch {
    return { S: text };
  }
}
