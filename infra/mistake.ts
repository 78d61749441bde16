/**
 * Something to put right in the command, the schema, a resolver or a Lambda function. `app.ts` prints the message alone;
 * every other error is a fault of the CDK app itself and keeps its stack trace.
 */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
