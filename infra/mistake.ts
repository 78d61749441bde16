/**
 * An error to fix in the command, the schema, a resolver or a Lambda function. `runApp` prints only its message; every other
 * error is a bug in the CDK app itself and keeps its stack trace.
 */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
