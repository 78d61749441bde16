/**
 * A reason not to start that the person at the terminal can act on. Its message is one line: what happened, the value seen,
 * what to do. The command prints it without a stack trace and exits with 1.
 */
export class StartFailure extends Error {
  override name = 'StartFailure';
}
