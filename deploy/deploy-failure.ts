/**
 * A reason to stop that the person at the terminal can act on: what happened, the value seen, what to do. The commands print its
 * message without a stack trace and exit with 1.
 */
export class DeployFailure extends Error {
  override readonly name = 'DeployFailure';
}
