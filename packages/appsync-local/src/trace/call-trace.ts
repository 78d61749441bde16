import type { Cut } from './weight.ts';

/** One call of a service that a data source made. */
export interface CallTrace {
  service: 'DynamoDB' | 'Lambda';
  /** `GetItem`; `Invoke`. */
  operation: string;
  /** The service's own input. */
  input: object;
  startedAt: number;
  endedAt: number | null;
  /** The text or value of the answer; null until there is one, and after an error. */
  answer: unknown;
  /** What was thrown instead. */
  error: Error | null;
}

/** Takes the calls of one request to a data source. */
export interface CallSink {
  called(call: CallTrace): void;
  /** @returns the value, or what stands for it when the request holds too much already */
  keep<T>(value: T, bytes: number): T | Cut;
}
