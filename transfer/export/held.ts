import { byId, type Record } from './run-file.ts';

/** What an entry takes beside its line, approximately: the object, and the head of its id. */
const ENTRY_BYTES = 100;

/**
 * Lines that wait to be sorted, in one buffer that is filled again and again: as strings, those that have been written would stay in the heap
 * until it is collected, and a text beyond Latin-1 would take two bytes for each character.
 */
export class Held {
  #bytes: Buffer;
  #used = 0;
  #idBytes = 0;
  #entries: { id: string; from: number; to: number }[] = [];

  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  get count(): number {
    return this.#entries.length;
  }

  /** What is held, in bytes. */
  get size(): number {
    return this.#used + this.#idBytes;
  }

  add(id: string, line: string): void {
    // UTF-8 takes no more than three bytes for a UTF-16 code unit.
    const most = 3 * line.length;
    if (this.#used + most > this.#bytes.length) {
      this.#makeRoom(Buffer.byteLength(line));
    }
    const from = this.#used;
    this.#used += this.#bytes.write(line, from);
    this.#idBytes += ENTRY_BYTES + 2 * id.length;
    this.#entries.push({ id, from, to: this.#used });
  }

  #makeRoom(bytes: number): void {
    if (this.#used + bytes > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#used + bytes));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
  }

  /** All of them, sorted by id. Each is valid until the next one is added. */
  *sorted(): Generator<Record> {
    for (const { id, from, to } of this.#entries.sort(byId)) {
      yield { id, line: this.#bytes.subarray(from, to) };
    }
  }

  clear(): void {
    this.#entries = [];
    this.#used = 0;
    this.#idBytes = 0;
  }
}
