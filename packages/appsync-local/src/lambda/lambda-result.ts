/** How a Lambda function is called: wait for its response, or queue the event and continue. */
export type InvocationType = 'RequestResponse' | 'Event';

/** The outcome of an invocation. The stack trace of a failed function stays in its log: callers never see it. */
export type LambdaResult =
  | { kind: 'answer'; payload: unknown }
  /** The function threw, crashed, could not be loaded or ran out of time. */
  | { kind: 'function-error'; errorType: string; errorMessage: string; timedOut?: boolean }
  /** The Lambda service itself refused: `TooManyRequestsException`, `ResourceNotFoundException`, … */
  | { kind: 'host-error'; type: string; message: string };

/** What makes a Lambda function run. */
export interface InvocationCause {
  /** For people: `Mutation.putItem`, `stream of Items`, `event bus`, `authorizer`, `console`. */
  by: string;
  /** `x-amzn-RequestId` of the GraphQL request that made it run. @default no request did */
  graphqlRequestId?: string | undefined;
}

/** A payload that is JSON text already, which spares its writing. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Invokes a Lambda function by ARN, with or without a version or alias. Never rejects: errors are in the result. An `Event`
 * invocation returns null at once.
 *
 * @param payload a value, or its JsonText
 * @param cause for whoever looks at invocations and log lines. @default nobody says
 */
export type InvokeLambda = (
  functionArn: string,
  payload: unknown,
  invocationType?: InvocationType,
  cause?: InvocationCause,
) => Promise<LambdaResult>;

export const functionError = (errorType: string, errorMessage: string): LambdaResult => ({
  kind: 'function-error',
  errorType,
  errorMessage,
});

export const hostError = (type: string, message: string): LambdaResult => ({
  kind: 'host-error',
  type,
  message,
});
