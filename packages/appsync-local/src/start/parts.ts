import type { Close } from './logs.ts';

/** Parts of a server, each of which is replaced only when what it is made of has changed. */
export class Parts {
  readonly #running = new Map<string, Part>();
  /** Parts that have been replaced and finish what they were doing. */
  readonly #retiring = new Set<Promise<void>>();

  /** Begins a change of parts, of which either all take effect or none. */
  begin(): Change {
    return new Change(this.#running, (part) => this.#retire(part));
  }

  /** Replaces a part that cannot run beside its successor: closes the running one first. */
  async replace<T>(name: string, madeOf: unknown, open: Open<T>): Promise<T> {
    const basis = JSON.stringify(madeOf);
    const running = this.#running.get(name);
    if (running?.basis === basis) {
      return running.value as T;
    }
    this.#running.delete(name);
    if (running) {
      await closeAll(running.closers, 'replaced');
    }
    const part = await opened(basis, open);
    this.#running.set(name, part);
    return part.value as T;
  }

  /** Closes a part before the others. */
  async end(name: string): Promise<void> {
    const part = this.#running.get(name);
    this.#running.delete(name);
    if (part) {
      await closeAll(part.closers, 'ended');
    }
  }

  /** Closes all parts, the one opened last first. */
  async close(): Promise<void> {
    for (const name of [...this.#running.keys()].reverse()) {
      await this.end(name);
    }
    await Promise.all(this.#retiring);
  }

  #retire({ closers }: Part): void {
    const end = closeAll(closers, 'replaced').finally(() => this.#retiring.delete(end));
    this.#retiring.add(end);
  }
}

/** A change of parts under way: what it opens runs beside the parts of before until `commit`. */
export class Change {
  readonly #running: Map<string, Part>;
  readonly #retire: (part: Part) => void;
  readonly #opened = new Map<string, Part>();

  constructor(running: Map<string, Part>, retire: (part: Part) => void) {
    this.#running = running;
    this.#retire = retire;
  }

  /**
   * Returns the running part, or opens another one if that was made of something else.
   * @param madeOf JSON; what `open` depends on
   */
  async part<T>(name: string, madeOf: unknown, open: Open<T>): Promise<T> {
    const basis = JSON.stringify(madeOf);
    const running = this.#running.get(name);
    if (running?.basis === basis) {
      return running.value as T;
    }
    const part = await opened(basis, open);
    this.#opened.set(name, part);
    return part.value as T;
  }

  /** Makes the opened parts the running ones. Replaced parts finish what they are doing in the background. */
  commit(): void {
    for (const [name, part] of this.#opened) {
      const replaced = this.#running.get(name);
      this.#running.delete(name); // keeps the order of opening
      this.#running.set(name, part);
      if (replaced) {
        this.#retire(replaced);
      }
    }
    this.#opened.clear();
  }

  /** Closes what the change has opened; the running parts stay. */
  async drop(): Promise<void> {
    for (const { closers } of [...this.#opened.values()].reverse()) {
      await closeAll(closers, 'ended');
    }
    this.#opened.clear();
  }
}

/** Opens a part. @param closers receives what closes it */
type Open<T> = (closers: Close[]) => T | Promise<T>;

interface Part {
  basis: string;
  value: unknown;
  closers: Close[];
}

async function opened<T>(basis: string, open: Open<T>): Promise<Part> {
  const closers: Close[] = [];
  try {
    return { basis, value: await open(closers), closers };
  } catch (error) {
    await closeAll(closers, 'ended');
    throw error;
  }
}

/** Closes in the reverse order of opening. */
export async function closeAll(closers: Close[], why: Parameters<Close>[0]): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close(why);
  }
}
