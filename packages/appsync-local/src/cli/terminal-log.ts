import { type Severity, shows } from '../ground/severity.ts';
import { lineSeverity } from '../lambda/line-severity.ts';
import type { LambdaLogEntry } from '../lambda/log-entry.ts';
import type { About, Logs } from '../start/logs.ts';
import { Bursts, type Clock } from './bursts.ts';
import { sourceLine } from './output.ts';
import { sourceStack } from './source-stack.ts';

export interface TerminalLogOptions {
  /** The least severity that is shown. @default info, with bursts summed up in one line */
  level?: Severity;
  write(line: string): void;
  /** @default the system's */
  clock?: Clock;
}

/** The stream of lines on the terminal: of Lambda functions, of resolvers and of the server. */
export class TerminalLog implements Logs {
  readonly #level: Severity;
  readonly #write: (line: string) => void;
  /** Undefined when a level was asked for: every line of that level is then shown. */
  readonly #bursts: Bursts | undefined;

  constructor({ level, write, clock }: TerminalLogOptions) {
    this.#level = level ?? 'info';
    this.#write = write;
    this.#bursts =
      level === undefined
        ? new Bursts((source, line) => write(sourceLine(source, line, 'info')), clock)
        : undefined;
  }

  progress(line: string): void {
    if (shows(this.#level, 'info')) {
      this.#write(line);
    }
  }

  line(source: string, line: string, { severity = 'warn', requestId }: About = {}): void {
    this.#take(source, sourceStack(line), severity, requestId);
  }

  lambda(entry: LambdaLogEntry): void {
    const { functionName, line, requestId, graphqlRequestId } = entry;
    const of = graphqlRequestId === undefined ? '' : `  (request ${graphqlRequestId})`;
    this.#take(functionName, `${line}${of}`, lineSeverity(entry), requestId);
  }

  /** Sums up what is still being counted. */
  flush(): void {
    this.#bursts?.flush();
  }

  /** Errors and warnings are shown at once, and so is what belongs to no request. */
  #take(source: string, line: string, severity: Severity, requestId: string | undefined): void {
    if (!shows(this.#level, severity)) {
      return;
    }
    const isPartOfBurst = severity === 'info' && requestId !== undefined;
    if (!isPartOfBurst || (this.#bursts?.take(source, requestId) ?? true)) {
      this.#write(sourceLine(source, line, severity));
    }
  }
}
