import type { LambdaLogEntry } from '../lambda/log-entry.ts';

/** Reports events while the server runs. */
export interface Logs {
  /** Progress of the start. */
  progress(line: string): void;
  /** A line of the engine, of resolver code or of the server itself. */
  line(source: string, line: string): void;
  lambda(entry: LambdaLogEntry): void;
}

/**
 * Closes what a start has opened.
 * @param why `replaced` when another one has taken its place: what is under way may then end by itself
 */
export type Close = (why: 'ended' | 'replaced') => void | Promise<void>;
