import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Change, ChangedItem } from './change.ts';
import { readImage, type Reading } from './read-item.ts';

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
const about = ({ id, kind, version, owner }: Reading) => ({ id, kind, version, owner: owner ?? '' });

/** The row had expired, and was not continued but written anew: `createdAt` stays with an item as long as it lives. */
const isRecreated = (old: ChangedItem | null, item: ChangedItem | null, seconds: number): boolean =>
  old !== null &&
  item !== null &&
  old.expiresAt !== null &&
  old.expiresAt <= seconds &&
  old.createdAt !== item.createdAt;

/**
 * What a record of the items table's stream means to those who read items: none, one, or two changes where an item changes hands.
 * A write that changes nothing that the API answers is none, such as the mark that something refers to the item. What cannot be read in
 * full is told as far as it can: without its item where the API could not answer that.
 * @throws NoItem for an image that does not say whose or which item it is; Error for a record that is none of a table's stream
 */
export function changesOf(record: DynamoDBRecord): Change[] {
  const { SequenceNumber, ApproximateCreationDateTime, NewImage, OldImage } = record.dynamodb ?? {};
  if (!SequenceNumber || ApproximateCreationDateTime === undefined || !(NewImage ?? OldImage)) {
    throw new Error(
      'the record has no images or no sequence number: the stream must have NEW_AND_OLD_IMAGES',
    );
  }
  const old = OldImage ? readImage(OldImage) : null;
  const now = NewImage ? readImage(NewImage) : null;
  const order = orderOf(SequenceNumber);
  const at = new Date(ApproximateCreationDateTime * 1000).toISOString();
  const deleted = (was: Reading, type: 'DELETED' | 'EXPIRED', rank = ''): Change => ({
    ...{ type, ...about(was), at, order: order + rank },
    ...{ item: null, previous: was.item, gap: was.gap },
  });
  const created = (is: Reading, rank = ''): Change => ({
    ...{ type: 'CREATED', ...about(is), at, order: order + rank },
    ...{ item: is.item, previous: null, gap: is.gap },
  });

  if (!now) {
    return [deleted(old!, isExpiry(record) ? 'EXPIRED' : 'DELETED')];
  }
  if (!old) {
    return [created(now)];
  }
  const recreated = isRecreated(old.item, now.item, ApproximateCreationDateTime);
  if (old.owner !== now.owner) {
    return [deleted(old, recreated ? 'EXPIRED' : 'DELETED', '#0'), created(now, '#1')];
  }
  if (recreated || (!old.item && now.item)) {
    return [created(now)];
  }
  if (now.item && isDeepStrictEqual(old.item, now.item)) {
    return [];
  }
  return [
    {
      ...{ type: 'UPDATED', ...about(now), at, order },
      ...{ item: now.item, previous: old.item, gap: now.gap ?? old.gap },
    },
  ];
}
