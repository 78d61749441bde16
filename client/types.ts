import type { ItemFieldsFragment } from '../schema/generated/operations.ts';

/** An item as it comes over the wire: `payload` is JSON text. */
export type Item = ItemFieldsFragment;

export type ItemChangeType = 'CREATED' | 'UPDATED' | 'DELETED' | 'EXPIRED';

export type ItemChange = {
  type: ItemChangeType;
  id: string;
  kind: string | null;
  version: number;
  at: string;
  owner: string;
  order: string;
  payloadOmitted: boolean;
  item: Item | null;
  previous: Item | null;
};

export type ItemChangePage = { changes: ItemChange[]; cursor: string };

type TextFilter = {
  eq?: string | null;
  ne?: string | null;
  in?: string[] | null;
  beginsWith?: string | null;
};
export type ItemChangeFilterInput = { id?: TextFilter | null; kind?: TextFilter | null };
