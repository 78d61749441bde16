/** The tour cannot go on. The message is one line for the newcomer who runs it: what happened, and what was seen. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}
