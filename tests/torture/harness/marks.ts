/** Every mark has this form, so that one look finds all of them in a text. */
const MARK = /torture-mark-[0-9a-z]+-[0-9a-z]+/g;
/** Text that may be base64: tokens, cursors, claims. */
const ENCODED = /[A-Za-z0-9+/_-]{24,}/g;

/**
 * Texts that stand for secrets: each belongs to those who may read it, and nobody else may ever see it, in whatever answer, error or
 * frame, plain or in base64.
 */
export class Marks {
  readonly #readers = new Map<string, Set<string>>();
  readonly #guarded = new Map<string, Set<string>>();
  readonly #run: string;

  /** @param run tells the marks of this run from those of others */
  constructor(run: string) {
    this.#run = run;
  }

  /** A new mark. @param readers names of those who may see it */
  make(...readers: string[]): string {
    const mark = `torture-mark-${this.#run}-${this.#readers.size.toString(36)}`;
    this.#readers.set(mark, new Set(readers));
    return mark;
  }

  /** Any other text that only the readers may see, such as the name of whom an item belongs to. */
  guard(text: string, ...readers: string[]): void {
    this.#guarded.set(text, new Set(readers));
  }

  /**
   * Marks in a text that the reader may not see.
   *
   * @param said what the reader sent itself: marks in it are no news
   */
  leaksIn(text: string, reader: string, said = ''): string[] {
    const parts = [text, ...decoded(text)];
    const marks = new Set(parts.flatMap((part) => part.match(MARK) ?? []));
    const guarded = [...this.#guarded.keys()].filter((one) => parts.some((part) => part.includes(one)));
    return [...marks, ...guarded].filter((mark) => {
      const readers = this.#readers.get(mark) ?? this.#guarded.get(mark);
      return readers !== undefined && !readers.has(reader) && !said.includes(mark);
    });
  }
}

const decoded = (text: string): string[] =>
  (text.match(ENCODED) ?? []).map((part) => Buffer.from(part, 'base64').toString('latin1'));
