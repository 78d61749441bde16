import { StartFailure } from '../ground/start-failure.ts';

/**
 * Something that AppSync runs and this server does not: the field that needs it answers this message as its error, and
 * `--strict` refuses to start with it. The message says what, where, and what to do.
 */
export class NotRunHere extends StartFailure {
  /** The reason without the name of the resource, for a report about many resources at once. */
  readonly common: string | undefined;

  constructor(message: string, common?: string) {
    super(message);
    this.common = common;
  }
}

/** What `read` answers, or what `instead` makes of the reason why it does not run here. */
export function orNotRun<T>(read: () => T, instead: (reason: string, common?: string) => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRunHere) {
      return instead(error.message, error.common);
    }
    throw error;
  }
}

/** `orNotRun`, or, with `--strict`, plain `read`: the failure then counts as a problem. */
export type Attempt = typeof orNotRun;

export const attemptFor = (strict: boolean): Attempt => (strict ? (read) => read() : orNotRun);
