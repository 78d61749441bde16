/**
 * A reason to stop that the person at the terminal can act on. Its message is one line: what happened, the value seen,
 * what to do. The command prints it without a stack trace and exits with 1.
 */
export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';
}
