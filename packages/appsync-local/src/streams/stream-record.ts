import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** One record in the form of GetRecords. Its images are DynamoDB's own JSON. */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  dynamodb: {
    Keys: Record<string, unknown>;
    NewImage?: Image;
    OldImage?: Image;
    SequenceNumber: string;
    SizeBytes?: number;
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    [member: string]: unknown;
  };
  /** For a record of DynamoDB's own: type `Service`, principalId `dynamodb.amazonaws.com`. */
  userIdentity?: { type?: string; principalId?: string };
  [member: string]: unknown;
}

/** The source of records from a function's view: the region and the stream of the template. */
export interface EventSource {
  region: string;
  streamArn: string;
}

/** AWS writes 32 hexadecimal digits. */
const AWS_EVENT_ID = /^[0-9a-f]{32}$/;

/**
 * A record in the form in which Lambda passes it to a function (Lambda developer guide, "Using AWS Lambda with Amazon
 * DynamoDB").
 *
 * @param localStreamArn the stream that the record was read from. The embedded engine numbers its events 1, 2, … in each table;
 * with this they get ids that differ, and that stay the same when a record is delivered again.
 */
export function toEventRecord(
  record: StreamRecord,
  source: EventSource,
  localStreamArn: string,
): StreamRecord {
  return {
    ...record,
    eventID: AWS_EVENT_ID.test(record.eventID) ? record.eventID : eventIdOf(record, localStreamArn),
    awsRegion: source.region,
    eventSourceARN: source.streamArn,
  };
}

const eventIdOf = (record: StreamRecord, localStreamArn: string): string =>
  hash('md5', `${localStreamArn} ${sequenceNumberOf(record)}`);

/**
 * A write that changed nothing. AWS makes no record of it ("Change data capture for DynamoDB Streams"); the embedded engine
 * does. Recognizable only if the stream has both images.
 */
export const isUnchanged = ({ dynamodb: { NewImage, OldImage } }: StreamRecord): boolean =>
  NewImage !== undefined &&
  OldImage !== undefined &&
  !differsAtOnce(NewImage, OldImage) &&
  isDeepStrictEqual(NewImage, OldImage);

/** Most writes change a text or a number at the top, which shows without a look at all the rest. */
function differsAtOnce(a: Image, b: Image): boolean {
  for (const name in a) {
    if (a[name]?.S !== b[name]?.S || a[name]?.N !== b[name]?.N) {
      return true;
    }
  }
  return false;
}

type Image = Record<string, { S?: unknown; N?: unknown; [type: string]: unknown } | undefined>;

const texts = new WeakMap<StreamRecord, string>();

/** JSON of a record that nobody changes any more: it is measured when it is read and sent when its batch goes. */
export function textOf(record: StreamRecord): string {
  const known = texts.get(record);
  if (known !== undefined) {
    return known;
  }
  const text = JSON.stringify(record);
  texts.set(record, text);
  return text;
}

/** The event of a batch, as JSON text. */
export const eventText = (records: readonly StreamRecord[]): string =>
  `{"Records":[${records.map(textOf).join(',')}]}`;

export const sequenceNumberOf = (record: StreamRecord): string => record.dynamodb.SequenceNumber;

/** Epoch milliseconds, to the second. */
export const arrivalOf = (record: StreamRecord): number => record.dynamodb.ApproximateCreationDateTime * 1000;
