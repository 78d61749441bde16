import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Change, ChangedItem } from './change.ts';
import { readItem, readItemIfAny } from './read-item.ts';

/** Sequence numbers of a stream have 21 to 40 digits (API reference, StreamRecord); as many zeros make them compare as text. */
const ORDER_DIGITS = 40;

export const orderOf = (sequenceNumber: string): string => sequenceNumber.padStart(ORDER_DIGITS, '0');

/**
 * The caller that DynamoDB names when time to live removed an item (Developer Guide, "DynamoDB Streams and Time to Live").
 */
const isExpiry = ({ eventName, userIdentity }: DynamoDBRecord): boolean =>
  eventName === 'REMOVE' &&
  userIdentity?.type === 'Service' &&
  userIdentity.principalId === 'dynamodb.amazonaws.com';

/** What of an item's own a change reports; `owner` is the change's. */
const about = ({ id, kind, version, owner }: ChangedItem) => ({ id, kind, version, owner: owner ?? '' });

/** The row had expired, and was not continued but written anew: `createdAt` stays with an item as long as it lives. */
const isRecreated = (old: ChangedItem, item: ChangedItem, seconds: number): boolean =>
  old.expiresAt !== null && old.expiresAt <= seconds && old.createdAt !== item.createdAt;

/**
 * What a record of the items table's stream means to those who read items: none, one, or two changes where an item changes hands.
 * A write that changes nothing that the API answers is none, such as the mark that something refers to the item.
 * @throws NoItem for a new image that the API could not answer either; Error for a record that is none of a table's stream
 */
export function changesOf(record: DynamoDBRecord): Change[] {
  const { SequenceNumber, ApproximateCreationDateTime, NewImage, OldImage } = record.dynamodb ?? {};
  if (!SequenceNumber || ApproximateCreationDateTime === undefined || !(NewImage ?? OldImage)) {
    throw new Error(
      'the record has no images or no sequence number: the stream must have NEW_AND_OLD_IMAGES',
    );
  }
  const old = readItemIfAny(OldImage);
  const item = NewImage ? readItem(NewImage) : null;
  const order = orderOf(SequenceNumber);
  const at = new Date(ApproximateCreationDateTime * 1000).toISOString();
  const deleted = (previous: ChangedItem, type: 'DELETED' | 'EXPIRED', rank = ''): Change => ({
    ...{ type, ...about(previous), at, order: order + rank },
    ...{ item: null, previous },
  });
  const created = (rank = ''): Change => ({
    ...{ type: 'CREATED', ...about(item!), at, order: order + rank },
    ...{ item, previous: null },
  });

  if (!item) return old ? [deleted(old, isExpiry(record) ? 'EXPIRED' : 'DELETED')] : [];
  if (!old) return [created()];
  const recreated = isRecreated(old, item, ApproximateCreationDateTime);
  if (old.owner !== item.owner) return [deleted(old, recreated ? 'EXPIRED' : 'DELETED', '#0'), created('#1')];
  if (recreated) return [created()];
  if (isDeepStrictEqual(old, item)) return [];
  return [{ type: 'UPDATED', ...about(item), at, order, item, previous: old }];
}
