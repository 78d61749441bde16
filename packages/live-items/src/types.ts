import type {
  ItemChangeFieldsFragment,
  ItemChangesQuery,
  ItemFieldsFragment,
} from '../../../schema/generated/operations.ts';

export type { ItemChangeFilterInput, ItemChangeType } from '../../../schema/generated/operations.ts';

/** An item as it comes over the wire: `payload` is JSON text. */
export type Item = ItemFieldsFragment;

export type ItemChange = ItemChangeFieldsFragment;

export type ItemChangePage = ItemChangesQuery['itemChanges'];
