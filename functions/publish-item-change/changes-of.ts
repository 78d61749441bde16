import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Change, ChangedItem } from './change.ts';
import { readImage, type Reading } from './read-item.ts';

/** Sequence numbers of a stream have 21 to 40 digits (API reference, StreamRecord); padded to 40 with zeros they compare as text. */
const ORDER_DIGITS = 40;

export const orderOf = (sequenceNumber: string): string => sequenceNumber.padStart(ORDER_DIGITS, '0');

/** Recognizes the caller that DynamoDB names when time to live removes an item (Developer Guide, "DynamoDB Streams and Time to Live"). */
const isExpiry = ({ eventName, userIdentity }: DynamoDBRecord): boolean =>
  eventName === 'REMOVE' &&
  userIdentity?.type === 'Service' &&
  userIdentity.principalId === 'dynamodb.amazonaws.com';

/** The members of an item that a change reports as its own; `owner` is the change's. */
const about = (item: Reading) => ({
  id: item.id,
  kind: item.kind, // part: validated-items
  version: item.version,
  owner: item.owner ?? '',
});

/** The row had expired and was written anew, not continued: `createdAt` stays the same for the life of an item. */
const isRecreated = (old: ChangedItem | null, item: ChangedItem | null, seconds: number): boolean =>
  old !== null &&
  item !== null &&
  old.expiresAt !== null &&
  old.expiresAt <= seconds &&
  old.createdAt !== item.createdAt;

/** Writes through the API change the version, which shows without a look at the rest. */
const isSame = (old: ChangedItem, item: ChangedItem): boolean =>
  old.version === item.version && isDeepStrictEqual(old, item);

/**
 * Turns a record of the items table's stream into changes: none, one, or two when an item changes owner. A write that changes
 * nothing that the API answers, such as the mark that something refers to the item, yields none. A row that cannot be read in
 * full is reported as far as possible, without its item if the API could not answer it.
 * @throws NoItem for an image without a valid id or owner; Error for a record that is not from a table's stream
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
  if (now.item && old.item && isSame(old.item, now.item)) {
    return [];
  }
  return [
    {
      ...{ type: 'UPDATED', ...about(now), at, order },
      ...{ item: now.item, previous: old.item, gap: now.gap ?? old.gap },
    },
  ];
}
