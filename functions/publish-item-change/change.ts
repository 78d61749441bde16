import type { AttributeValue } from 'aws-lambda';
import type { Item } from '../../model/item.ts';
import type { ItemChangeType } from '../../schema/generated/schema.ts';

/** An item as an image of the stream has it, without what clients never see. */
export type ChangedItem = Omit<Item, 'payload'> & {
  /** Typed as DynamoDB has it, so that no number loses a digit on the way to the log. */
  payload: AttributeValue;
};

/** What happened to an item: `ItemChange` of the schema before it is written down anywhere. */
export interface Change {
  type: ItemChangeType;
  id: string;
  kind: string | null;
  version: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Empty where the item belongs to nobody. */
  owner: string;
  /** Compares as text: greater for a later change of the same item, equal for a repeat. */
  order: string;
  /** Null after a removal, and for what the API could not answer as an item. */
  item: ChangedItem | null;
  /** Null for what was not there, and for what the API could not answer as an item. */
  previous: ChangedItem | null;
  /** Why the change does not say all that it should, in words that hold no value of the item; null when it does. */
  gap: string | null;
}
