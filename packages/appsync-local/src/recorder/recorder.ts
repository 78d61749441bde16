import { type Door, RequestTrace, type Traces } from '../trace/request-trace.ts';
import { Sampling, type SamplingLimits } from './sampling.ts';

/** What a recorder keeps at most. */
export interface RecorderLimits extends Omit<SamplingLimits, 'atOnce'> {
  /** The newest ones are kept; as many may come at once and are all recorded. */
  requests: number;
  /** About how many bytes of memory they may take together. */
  bytes: number;
}

export const DEFAULT_LIMITS: RecorderLimits = {
  requests: 500,
  bytes: 64 * 1024 * 1024,
  perSecond: 20,
  underLoadPerSecond: 5,
};

/** A request that has been answered. */
export interface Recording {
  /** Counts the recorded requests of this server from 1. */
  number: number;
  trace: RequestTrace;
}

/** How much is kept, and what is not. */
export interface Holding {
  requests: number;
  bytes: number;
  /** Requests dropped for newer ones. */
  dropped: number;
  /** Requests that were not recorded because too many came. */
  skipped: number;
}

/** Keeps the last requests in memory, and drops the oldest ones for new ones. Nothing is written anywhere. */
export class Recorder implements Traces {
  readonly limits: RecorderLimits;
  readonly #underWay = new Map<string, RequestTrace>();
  /** The oldest first. */
  readonly #kept: Recording[] = [];
  #bytes = 0;
  #ended = 0;
  #skipped = 0;
  readonly #sampling: Sampling;

  constructor(limits: Partial<RecorderLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.#sampling = new Sampling({ ...this.limits, atOnce: this.limits.requests });
  }

  begin(id: string, door: Door): RequestTrace | undefined {
    if (!this.#sampling.choose()) {
      this.#skipped += 1;
      return undefined;
    }
    const trace = new RequestTrace(id, door);
    this.#underWay.set(id, trace);
    return trace;
  }

  /** Ignores a request that it has not begun. */
  end(trace: RequestTrace): void {
    if (!this.#underWay.delete(trace.id)) {
      return;
    }
    trace.endedAt = performance.now();
    this.#ended += 1;
    this.#kept.push({ number: this.#ended, trace });
    this.#bytes += trace.weight;
    const { requests, bytes } = this.limits;
    while (this.#kept.length > requests || (this.#bytes > bytes && this.#kept.length > 1)) {
      this.#bytes -= this.#kept.shift()!.trace.weight;
    }
  }

  underWay(id: string): RequestTrace | undefined {
    return this.#underWay.get(id);
  }

  find(id: string): Recording | undefined {
    return this.#kept.find(({ trace }) => trace.id === id);
  }

  /** The newest first. @param after only those with a greater number */
  list(after = 0): Recording[] {
    return this.#kept.filter(({ number }) => number > after).reverse();
  }

  get holding(): Holding {
    const requests = this.#kept.length;
    return { requests, bytes: this.#bytes, dropped: this.#ended - requests, skipped: this.#skipped };
  }
}
