/** The destination of progress: standard error, or a stand-in. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const BAR_MS = 100;
const LINE_MS = 10_000;
const BAR_WIDTH = 24;

/** A bar that is redrawn on a terminal; elsewhere an occasional line. */
export class Progress {
  readonly #terminal: Terminal;
  /** The current step: a resumed one includes earlier items, which do not count as done now. */
  #step = { what: '', begun: 0, items: 0 };
  #last = Date.now();
  #drawn = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * @param what such as `writing`
   * @param share 0 to 1; undefined where the whole is not known
   * @param items so far
   * @param notes such as `throttled 3 times`
   */
  update(what: string, share: number | undefined, items: number, notes: readonly string[] = []): void {
    const now = Date.now();
    if (what !== this.#step.what) {
      this.#step = { what, begun: now, items };
    }
    if (now - this.#last < (this.#terminal.isTTY ? BAR_MS : LINE_MS)) {
      return;
    }
    this.#last = now;
    const seconds = Math.max(1, now - this.#step.begun) / 1000;
    const rate = Math.round((items - this.#step.items) / seconds);
    const numbers = [`${items} items`, `${rate}/s`, ...notes].join(', ');
    const percent = share === undefined ? '' : `${Math.floor(Math.min(1, share) * 100)} % `;
    if (!this.#terminal.isTTY) {
      this.#terminal.write(`${what}: ${percent}${numbers}\n`);
      return;
    }
    const bar = share === undefined ? '' : `${drawBar(share)} `;
    const text = `${what} ${bar}${percent}${numbers}`.slice(0, (this.#terminal.columns ?? 80) - 1);
    this.#terminal.write(`\r\x1b[K${text}`);
    this.#drawn = true;
  }

  /** Removes the bar. */
  clear(): void {
    if (this.#drawn) {
      this.#terminal.write('\r\x1b[K');
    }
    this.#drawn = false;
  }

  /** Writes a permanent line. */
  line(text: string): void {
    this.clear();
    this.#terminal.write(`${text}\n`);
  }
}

function drawBar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`;
}
