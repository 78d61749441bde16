/** A part of a pattern, as seen by the quantifier that repeats it. */
interface Part {
  /** Whether it can match the same text in several ways. */
  isVariable: boolean;
}

/** Reads the parts of a regular expression one by one, and estimates how long a backtracking search may take. */
export class PatternShape {
  /** Parts that can match any number of characters. */
  repeats = 0;
  /** The number of ways in which everything else can match: two for each optional part and each alternative. */
  ways = 1;
  /** A repeated part can match one text in several ways itself, or there is a back reference: the ways multiply with each character. */
  isNested = false;
  readonly #groups: Part[] = [];
  #here: Part = { isVariable: false };
  #last: Part = { isVariable: false };

  /** A character, a class, a position. */
  atom(isVariable = false): void {
    this.#last = { isVariable };
    this.#here.isVariable ||= isVariable;
  }

  open(): void {
    this.#groups.push(this.#here);
    this.#here = { isVariable: false };
  }

  close(): void {
    this.#last = this.#here;
    this.#here = this.#groups.pop() ?? { isVariable: false };
    this.#here.isVariable ||= this.#last.isVariable;
  }

  alternative(): void {
    this.ways *= 2;
    this.#here.isVariable = true;
  }

  reference(): void {
    this.isNested = true;
  }

  /** @param text `*`, `+?`, `{2,5}` */
  quantifier(text: string): void {
    const [, least = '', comma, most = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(text) ?? [];
    const isFixed = least !== '' && comma === '';
    if (this.#last.isVariable && !text.startsWith('?')) {
      this.isNested = true;
    }
    if (isFixed) {
      return;
    }
    if (text.startsWith('?')) {
      this.ways *= 2;
    } else if (most !== '') {
      this.ways *= Math.max(1, Number(most) - Number(least) + 1);
    } else {
      this.repeats += 1;
    }
    this.#here.isVariable = true;
  }
}
