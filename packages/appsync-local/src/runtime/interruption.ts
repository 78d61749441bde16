import type { Evaluation } from './runtime.types.ts';

/**
 * How `util.error`, `util.unauthorized` and `runtime.earlyReturn` leave a handler. APPSYNC_JS has no `catch`, so it always
 * arrives. It is not an Error because nobody reads its stack.
 */
export class Interruption {
  readonly evaluation: Evaluation;

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation;
  }
}

/** Frames between a helper's own check and the calling line of code; functions that walk a value have several per level. */
const FRAMES = 350;

/** A helper was called incorrectly. The client sees an error of type `Code` at the calling line. */
export class HelperFailure extends Error {
  override name = 'HelperFailure';

  constructor(message: string) {
    const usual = Error.stackTraceLimit;
    Error.stackTraceLimit = FRAMES;
    super(message);
    Error.stackTraceLimit = usual;
  }
}
