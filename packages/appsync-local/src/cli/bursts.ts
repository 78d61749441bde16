import { counted } from '../ground/counted.ts';

/** Requests of a burst whose lines are shown: enough to see what a function does, few enough to leave the screen as it is. */
const REQUESTS_SHOWN = 3;

/** A burst ends when nothing has been logged for this long. */
const QUIET_MS = 1_000;

/** A burst that goes on is summed up this often. */
const LONGEST_MS = 10_000;

/** Lines of one source in quick succession. */
interface Burst {
  since: number;
  lastAt: number;
  shown: Set<string>;
  /** Requests, and lines of theirs, that were counted only. */
  leftOut: Set<string>;
  lines: number;
}

export interface Clock {
  /** In milliseconds. */
  now(): number;
  after(milliseconds: number, run: () => void): void;
}

const CLOCK: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => void setTimeout(run, milliseconds).unref(),
};

/**
 * Shows the lines of the first requests of a burst in full, and one line for all others: a change feed that follows an import would
 * otherwise push everything else off the screen.
 */
export class Bursts {
  readonly #bursts = new Map<string, Burst>();
  readonly #sumUp: (source: string, line: string) => void;
  readonly #clock: Clock;

  constructor(sumUp: (source: string, line: string) => void, clock: Clock = CLOCK) {
    this.#sumUp = sumUp;
    this.#clock = clock;
  }

  /**
   * Takes note of a line.
   * @param requestId of the invocation or request that the line belongs to
   * @returns whether the line is to be shown
   */
  take(source: string, requestId: string): boolean {
    const burst = this.#bursts.get(source) ?? this.#begin(source);
    burst.lastAt = this.#clock.now();
    if (burst.shown.size < REQUESTS_SHOWN) {
      burst.shown.add(requestId);
    }
    if (burst.shown.has(requestId)) {
      return true;
    }
    burst.leftOut.add(requestId);
    burst.lines += 1;
    return false;
  }

  /** Ends all bursts. */
  flush(): void {
    [...this.#bursts].forEach(([source, burst]) => this.#end(source, burst));
  }

  #begin(source: string): Burst {
    const now = this.#clock.now();
    const burst: Burst = { since: now, lastAt: now, shown: new Set(), leftOut: new Set(), lines: 0 };
    this.#bursts.set(source, burst);
    this.#clock.after(QUIET_MS, () => this.#look(source, burst));
    return burst;
  }

  #look(source: string, burst: Burst): void {
    if (this.#bursts.get(source) !== burst) {
      return;
    }
    const now = this.#clock.now();
    if (now >= burst.lastAt + QUIET_MS) {
      this.#end(source, burst);
      return;
    }
    if (now >= burst.since + LONGEST_MS) {
      this.#tell(source, burst);
      Object.assign(burst, { since: now, leftOut: new Set(), lines: 0 });
    }
    const next = Math.min(burst.lastAt + QUIET_MS, burst.since + LONGEST_MS);
    this.#clock.after(next - now, () => this.#look(source, burst));
  }

  #end(source: string, burst: Burst): void {
    this.#bursts.delete(source);
    this.#tell(source, burst);
  }

  #tell(source: string, { since, lastAt, leftOut, lines }: Burst): void {
    if (lines > 0) {
      const seconds = ((lastAt - since) / 1_000).toFixed(1);
      const of = `${counted(leftOut.size, 'more request')} in ${seconds} s`;
      this.#sumUp(source, `${of}, ${counted(lines, 'log line')} (show with --log-level info)`);
    }
  }
}
