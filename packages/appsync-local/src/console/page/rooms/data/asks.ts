import type {
  AttributeValue,
  DataView,
  Item,
  ItemPage,
  KeyView,
  Mentions,
  Written,
} from '../../../../data/data-view.ts';
import { localJson } from '../../api/local-route.ts';
import { typedValue } from './typed-json.ts';

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

export const loadData = (): Promise<DataView> => localJson('/_local/data');

export const readPage = (search: Search, key: KeyView, from: Item | null): Promise<ItemPage> =>
  localJson('/_local/data/read', readBody(search, key, from));

/** @param before as it was looked at; null for a new item. @param after null deletes it */
export const writeItem = (table: string, before: Item | null, after: Item | null): Promise<Written> =>
  localJson('/_local/data/write', { table, before, after });

/** What belongs to an item in other tables. */
export const findMentions = async (table: string, item: Item): Promise<Mentions[]> =>
  (await localJson<{ mentions: Mentions[] }>('/_local/data/mentions', { table, item })).mentions;

/** @param key of the table or index that is searched */
export function readBody(search: Search, [partition, sort]: KeyView, from: Item | null): object {
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
