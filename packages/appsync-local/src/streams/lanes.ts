import { createHash } from 'node:crypto';
import { type StreamRecord, textOf } from './stream-record.ts';

/** Bytes of a synchronous invocation's payload: 6 MB ("Lambda quotas", AWS Lambda developer guide). */
const PAYLOAD_LIMIT = 6 * 1024 * 1024;
/** `{"Records":[]}` and some. */
const ENVELOPE_BYTES = 100;

export interface LanesOptions {
  /** Batches of one shard that may be in progress at once (ParallelizationFactor). */
  count: number;
  batchSize: number;
  /** Milliseconds to wait for a batch to fill up. */
  windowMs: number;
  /** Handles a batch; the lane sends nothing more until it resolves. Must not reject. */
  send(records: StreamRecord[]): Promise<void>;
}

/** Cuts the records of a shard into batches. Records of one key stay in one lane, and so in order. */
export interface Lanes {
  add(records: StreamRecord[]): void;
  /** Resolves when more records could be sent: they are better read then, all that have come by that time in one page. */
  room(): Promise<void>;
  /** Sends nothing more, and resolves when all running batches have ended. */
  stop(): Promise<void>;
  /** Resolves when everything has been sent and handled. */
  drained(): Promise<void>;
}

interface Waiting {
  record: StreamRecord;
  bytes: number;
}

interface Lane {
  waiting: Waiting[];
  bytes: number;
  sending: Promise<void> | null;
  /** Runs while a batch fills up. */
  window: NodeJS.Timeout | null;
}

export function createLanes({ count, batchSize, windowMs, send }: LanesOptions): Lanes {
  const lanes = Array.from({ length: count }, (): Lane => ({
    waiting: [],
    bytes: 0,
    sending: null,
    window: null,
  }));
  let stopped = false;
  const listeners: (() => void)[] = [];

  const isFull = (lane: Lane): boolean => lane.waiting.length >= batchSize || lane.bytes >= PAYLOAD_LIMIT;

  function start(lane: Lane): void {
    if (stopped || lane.sending || lane.waiting.length === 0) {
      return;
    }
    if (windowMs > 0 && !isFull(lane)) {
      lane.window ??= setTimeout(() => begin(lane), windowMs).unref();
      return;
    }
    begin(lane);
  }

  function begin(lane: Lane): void {
    if (lane.window) {
      clearTimeout(lane.window);
    }
    lane.window = null;
    if (stopped || lane.sending || lane.waiting.length === 0) {
      return;
    }
    lane.sending = send(takeBatch(lane)).finally(() => {
      lane.sending = null;
      start(lane);
      for (const listener of listeners.splice(0)) {
        listener();
      }
    });
  }

  function takeBatch(lane: Lane): StreamRecord[] {
    let bytes = ENVELOPE_BYTES;
    let size = 0;
    for (const waiting of lane.waiting.slice(0, batchSize)) {
      if (size > 0 && bytes + waiting.bytes > PAYLOAD_LIMIT) {
        break;
      }
      bytes += waiting.bytes;
      size += 1;
    }
    const batch = lane.waiting.splice(0, size);
    for (const waiting of batch) {
      lane.bytes -= waiting.bytes;
    }
    return batch.map(({ record }) => record);
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => listeners.push(resolve));
    }
  }

  return {
    add(records) {
      for (const record of records) {
        const lane = lanes[count === 1 ? 0 : laneOf(record, count)]!;
        // A comma follows each.
        const bytes = Buffer.byteLength(textOf(record)) + 1;
        lane.waiting.push({ record, bytes });
        lane.bytes += bytes;
      }
      lanes.forEach(start);
    },
    room: () => until(() => stopped || (!lanes.some(isFull) && lanes.some(({ sending }) => !sending))),
    drained: () => until(() => stopped || lanes.every((lane) => !lane.sending && lane.waiting.length === 0)),
    async stop() {
      stopped = true;
      for (const lane of lanes) {
        if (lane.window) {
          clearTimeout(lane.window);
        }
      }
      for (const listener of listeners.splice(0)) {
        listener();
      }
      await Promise.all(lanes.map((lane) => lane.sending));
    },
  };
}

function laneOf(record: StreamRecord, count: number): number {
  const keys = Object.entries(record.dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('md5').update(JSON.stringify(keys)).digest().readUInt32BE() % count;
}
