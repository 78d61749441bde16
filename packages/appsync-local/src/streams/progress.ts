import { sequenceNumberOf, type StreamRecord } from './stream-record.ts';

/** Tracks which records are handled, which is not always in their order. */
export interface Progress {
  /** Adds records in the order of the stream. */
  read(records: StreamRecord[]): void;
  handled(records: StreamRecord[]): void;
  /** Records read and not handled, plus those handled ahead of them. */
  pending(): number;
}

/** @param advance called with the sequence number up to which every record has been handled */
export function createProgress(advance: (sequenceNumber: string) => void): Progress {
  const order: string[] = [];
  const done = new Set<string>();

  return {
    read: (records) => void order.push(...records.map(sequenceNumberOf)),
    handled(records) {
      for (const record of records) {
        done.add(sequenceNumberOf(record));
      }
      const open = order.findIndex((sequenceNumber) => !done.has(sequenceNumber));
      const finished = order.splice(0, open === -1 ? order.length : open);
      for (const sequenceNumber of finished) {
        done.delete(sequenceNumber);
      }
      const last = finished.at(-1);
      if (last !== undefined) {
        advance(last);
      }
    },
    pending: () => order.length,
  };
}
