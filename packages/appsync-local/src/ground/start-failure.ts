/**
 * A reason not to start that the person at the terminal can act on. Its message is one line: what happened, the value seen,
 * what to do. The command prints it without a stack trace and exits with 1.
 */
export class StartFailure extends Error {
  override name = 'StartFailure';
  /** Each reason by itself; `message` has all of them on one line. */
  readonly reasons: readonly string[];

  /** @param reasons one, or several that are found at once, the most important first */
  constructor(reasons: string | readonly string[], options?: ErrorOptions) {
    const list = [reasons].flat();
    super(list.join('; '), options);
    this.reasons = list;
  }
}
