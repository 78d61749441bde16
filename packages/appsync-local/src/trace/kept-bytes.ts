import { Cut } from './weight.ts';

/** Bytes that one request may hold; what comes later is cut. */
export const REQUEST_BYTES = 8 * 1024 * 1024;

/** Of the objects that every trace has. */
const OWN_BYTES = 2000;

/** Bounds what the trace of one request holds, in bytes and in time. */
export class KeptBytes {
  /** When the request was answered, in milliseconds of `performance.now()`; nothing is kept afterwards. */
  endedAt: number | null = null;
  /** About how many bytes of memory it holds. */
  weight = OWN_BYTES;
  /** About how many bytes were not kept. */
  cutBytes = 0;

  /** @returns the value, or what stands for it when the request holds too much already or has ended */
  keep<T>(value: T, bytes: number): T | Cut {
    if (this.endedAt !== null || this.weight + bytes > REQUEST_BYTES) {
      this.cutBytes += bytes;
      return new Cut(bytes);
    }
    this.weight += bytes;
    return value;
  }
}
