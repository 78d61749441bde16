import { isOf, type LogLine } from './log-line.ts';

/** What is kept at most: the newest lines. */
export interface LineLimits {
  lines: number;
  /** Characters of all lines together. */
  characters: number;
  /** Characters of one line; the rest is cut. */
  longest: number;
}

const DEFAULT_LIMITS: LineLimits = { lines: 5_000, characters: 2_000_000, longest: 20_000 };

/** With epoch milliseconds. */
type KeptLine = Omit<LogLine, 'at'> & { at: number };

/** The last lines of the log, in memory. Nothing is written anywhere. */
export class KeptLines {
  readonly #limits: LineLimits;
  /** The oldest first. */
  readonly #lines: KeptLine[] = [];
  #characters = 0;
  #count = 0;

  constructor(limits: Partial<LineLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  add(line: Omit<LogLine, 'number' | 'at'>): void {
    const { lines, characters, longest } = this.#limits;
    const text =
      line.text.length > longest
        ? `${line.text.slice(0, longest)}… (${line.text.length - longest} characters more)`
        : line.text;
    this.#count += 1;
    this.#characters += text.length;
    this.#lines.push({ ...line, text, number: this.#count, at: Date.now() });
    while (this.#lines.length > lines || (this.#characters > characters && this.#lines.length > 1)) {
      this.#characters -= this.#lines.shift()!.text.length;
    }
  }

  /** The oldest first. @param after only those with a greater number */
  list(after = 0): LogLine[] {
    const first = this.#lines[0]?.number ?? 1;
    return this.#lines.slice(Math.max(0, after - first + 1)).map(lineOf);
  }

  /** The lines of a GraphQL request or an invocation, the oldest first. */
  of(id: string): LogLine[] {
    return this.#lines.filter((line) => isOf(line, id)).map(lineOf);
  }

  /** The number of the newest line; 0 before the first. */
  get newest(): number {
    return this.#count;
  }

  /** How many lines were dropped for newer ones. */
  get dropped(): number {
    return this.#count - this.#lines.length;
  }
}

const lineOf = (line: KeptLine): LogLine => ({ ...line, at: new Date(line.at).toISOString() });
