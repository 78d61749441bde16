import type { Position } from './position.ts';
import { sequenceNumberOf, type StreamRecord } from './stream-record.ts';

/** Calls DynamoDB Streams: `call('GetRecords', { ShardIterator })`. Rejects with an error with DynamoDB's name. */
export type CallStreams = <T>(operation: string, input: object) => Promise<T>;

export interface ShardReaderOptions {
  call: CallStreams;
  streamArn: string;
  shardId: string;
  /** The start position; `LATEST` begins with future records. */
  from: Exclude<Position, { ended: true }> | 'LATEST';
  /** Receives one line when records are lost that had not been read. */
  report(line: string): void;
}

export interface ShardRecords {
  records: StreamRecord[];
  /** True at the end of the shard. */
  ended: boolean;
}

/** Reads one shard from a position on, in order. */
export interface ShardReader {
  /** Finds the start position: `LATEST` is now. */
  open(): Promise<void>;
  /** Returns the records available now, possibly none. @throws DynamoDbError, after which it can be called again */
  read(): Promise<ShardRecords>;
}

/** For people. */
const LOST =
  'unhandled records were older than the 24 hours a stream keeps them and are lost; continuing with the oldest record left';

interface Page {
  Records: StreamRecord[];
  NextShardIterator?: string | null;
}

/** GetRecords returns at most 1,000 records (API reference). */
const MOST_RECORDS = 1_000;
/** For the first page, before the size of records is known: at 400 KB and two images each, 80 MB. */
const FIRST_RECORDS = 100;
/** Bytes to request at a time. AWS returns at most 1 MB; the embedded engine has no limit (measured 2026-11-24). */
const PAGE_BYTES = 4 * 1024 * 1024;

export function createShardReader(options: ShardReaderOptions): ShardReader {
  const { call, streamArn: StreamArn, shardId: ShardId, report } = options;
  let from = options.from;
  let iterator: string | null = null;
  let limit = FIRST_RECORDS;
  let isFirst = true;

  const iteratorAt = async (at: object): Promise<string> =>
    (await call<{ ShardIterator: string }>('GetShardIterator', { StreamArn, ShardId, ...at })).ShardIterator;

  async function open(): Promise<string> {
    iterator ??= await iteratorAt(iteratorFor(from));
    return iterator;
  }

  async function nextPage(): Promise<Page> {
    try {
      return await call<Page>('GetRecords', { ShardIterator: await open(), Limit: limit });
    } catch (error) {
      const { name } = error as Error;
      if (name === 'TrimmedDataAccessException') {
        report(LOST);
        from = { since: 0 };
      } else if (name !== 'ExpiredIteratorException') {
        throw error;
      }
      iterator = null;
      return nextPage();
    }
  }

  /**
   * The embedded engine returns what is left instead of TrimmedDataAccessException. Its numbers have no gaps, so a gap after a
   * record that no longer exists means a loss.
   */
  async function isGap(after: string, next: StreamRecord): Promise<boolean> {
    if (BigInt(sequenceNumberOf(next)) === BigInt(after) + 1n) {
      return false;
    }
    const at = await iteratorAt({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: after });
    const { Records } = await call<Page>('GetRecords', { ShardIterator: at, Limit: 1 });
    return Records[0] === undefined || sequenceNumberOf(Records[0]) !== after;
  }

  async function take(records: StreamRecord[]): Promise<StreamRecord[]> {
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined) {
      return [];
    }
    if (isFirst && isAfter(from) && (await isGap(from.after, first))) {
      report(LOST);
    }
    isFirst = false;
    limit = limitFor(records);
    const since = isSince(from) ? from.since : 0;
    if (createdAt(last) >= since) {
      from = { after: sequenceNumberOf(last) };
    }
    return records.filter((record) => createdAt(record) >= since);
  }

  return {
    open: async () => void (await open()),
    async read() {
      const { Records, NextShardIterator } = await nextPage();
      const records = await take(Records);
      iterator = NextShardIterator ?? null;
      return { records, ended: iterator === null };
    },
  };
}

type From = ShardReaderOptions['from'];
const isAfter = (from: From): from is { after: string } => typeof from === 'object' && 'after' in from;
const isSince = (from: From): from is { since: number } => typeof from === 'object' && 'since' in from;
const createdAt = ({ dynamodb }: StreamRecord): number => dynamodb.ApproximateCreationDateTime;

function iteratorFor(from: From): object {
  if (from === 'LATEST') {
    return { ShardIteratorType: 'LATEST' };
  }
  return isAfter(from)
    ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: from.after }
    : { ShardIteratorType: 'TRIM_HORIZON' };
}

/** As many records as would fill a page, if they are as large as these. */
function limitFor(records: StreamRecord[]): number {
  const bytes = records.reduce((sum, { dynamodb }) => sum + (dynamodb.SizeBytes ?? 0), 0);
  const fitting = Math.floor((PAGE_BYTES * records.length) / Math.max(1, bytes));
  return Math.max(1, Math.min(MOST_RECORDS, fitting));
}
