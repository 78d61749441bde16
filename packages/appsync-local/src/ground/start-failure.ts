import { counted } from './counted.ts';

/**
 * A reason not to start that the person at the terminal can act on. It is one line: what happened, the value seen, what to do.
 * The command prints it without a stack trace and exits with 1. Of several reasons, the message has the first and the number of
 * the others.
 */
export class StartFailure extends Error {
  override name = 'StartFailure';
  /** All of them, the most important first. */
  readonly reasons: readonly string[];

  /** @param reasons one, or several that are found at once, the most important first; at least one */
  constructor(reasons: string | readonly string[], options?: ErrorOptions) {
    const list = [reasons].flat();
    super(messageOf(list), options);
    this.reasons = list;
  }
}

function messageOf([first = '', ...others]: string[]): string {
  return others.length === 0
    ? first
    : `${first} (and ${counted(others.length, 'more reason')}; \`reasons\` of this error has them all)`;
}
