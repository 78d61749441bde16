import type { LambdaLogEntry } from '../lambda/log-entry.ts';

/** Reports events while the server runs. */
export interface Logs {
  /** Progress of the start. */
  progress(line: string): void;
  /** A line of the engine, of resolver code or of the server itself. */
  line(source: string, line: string): void;
  lambda(entry: LambdaLogEntry): void;
}

/** Closes what a start has opened. */
export type Close = () => void | Promise<void>;
