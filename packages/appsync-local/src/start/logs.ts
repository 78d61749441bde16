import type { Severity } from '../ground/severity.ts';
import type { LambdaLogEntry } from '../lambda/log-entry.ts';

/** What else is known of a line. */
export interface About {
  /** @default warn: what the server says of itself is worth a look */
  severity?: Severity;
  /** The request that the line belongs to. */
  requestId?: string;
}

/** Reports events while the server runs. */
export interface Logs {
  /** Progress of the start. */
  progress(line: string): void;
  /** A line of the engine, of resolver code or of the server itself. */
  line(source: string, line: string, about?: About): void;
  lambda(entry: LambdaLogEntry): void;
}

/**
 * Closes what a start has opened.
 * @param why `replaced` when another one has taken its place: what is under way may then end by itself
 */
export type Close = (why: 'ended' | 'replaced') => void | Promise<void>;
