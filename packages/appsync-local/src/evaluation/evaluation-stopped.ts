/** An evaluation was stopped because it exceeded a limit, which the message names. */
export class EvaluationStopped extends Error {
  override name = 'EvaluationStopped';
}
