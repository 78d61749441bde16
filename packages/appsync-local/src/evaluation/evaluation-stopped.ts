/** An evaluation was ended because it took more than it may; the message says of what. */
export class EvaluationStopped extends Error {
  override name = 'EvaluationStopped';
}
