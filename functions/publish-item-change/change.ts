import type { AttributeValue } from 'aws-lambda';
import type { Item } from '../../model/item.ts';
import type { ItemChangeType } from '../../schema/generated/schema.ts';

/** An item from an image of the stream, without what clients never see. */
export type ChangedItem = Omit<Item, 'payload'> & {
  /** Typed as in DynamoDB, so that no number loses a digit. */
  payload: AttributeValue;
};

/** A change of an item: `ItemChange` of the schema before it is written anywhere. */
export interface Change {
  type: ItemChangeType;
  id: string;
  kind: string | null; // part: validated-items
  version: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Empty for an unowned item. */
  owner: string;
  /** Compares as text: greater for a later change of the same item, equal for a repeat. */
  order: string;
  /** Null after a removal, and for a row that the API could not answer as an item. */
  item: ChangedItem | null;
  /** Null for a new item, and for a row that the API could not answer as an item. */
  previous: ChangedItem | null;
  /** What the change lacks, in words without values of the item; null when it is complete. */
  gap: string | null;
}
