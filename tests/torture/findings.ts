/**
 * - `lost`: something acknowledged is not there, or was not told.
 * - `leaked`: a caller saw what is another's, or the server's own.
 * - `wrong`: bad input had the server fail, a good client was not served, or an answer is not what it should be.
 */
export type Harm = 'lost' | 'leaked' | 'wrong';

export interface Problem {
  harm: Harm;
  /** One line: what was seen, and what should have been. */
  what: string;
  /** What led to it: a request, a program, a list of writes. */
  detail?: string;
  /** How often the same was seen. */
  times: number;
}

/** Problems are kept up to this many kinds: what happens on every request is not to fill the memory. */
const MOST_KINDS = 200;

/** What a part tried, and what came of it. */
export class Findings {
  readonly #counts = new Map<string, number>();
  readonly #problems = new Map<string, Problem>();

  /** @param what in the plural: `requests` */
  count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }

  /** Problems of the same words are one, whatever numbers and names are in them: the first detail is kept. */
  problem(harm: Harm, what: string, detail?: string): void {
    const kind = `${harm} ${what.replace(/\d+|"[^"]*"/g, '#')}`;
    const known = this.#problems.get(kind);
    if (known) {
      known.times += 1;
    } else if (this.#problems.size < MOST_KINDS) {
      this.#problems.set(kind, { harm, what, detail, times: 1 });
    }
  }

  /** By what was tried, in the order in which it was first counted. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** How often harm of a kind was seen. */
  timesOf(harm: Harm): number {
    return this.problems.reduce((sum, problem) => sum + (problem.harm === harm ? problem.times : 0), 0);
  }
}
