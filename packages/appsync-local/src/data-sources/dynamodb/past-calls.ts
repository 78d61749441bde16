import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import type { InvokeLambda, LambdaResult } from '../../lambda/lambda-result.ts';
import type { CallTrace } from '../../trace/call-trace.ts';
import { Cut } from '../../trace/weight.ts';

/** The calls are not all there: one was cut, or had not ended. */
export class CallMissing extends Error {
  override name = 'CallMissing';
}

/**
 * Stands for DynamoDB and Lambda, and answers what they answered then. An operation calls in an order that its answers alone
 * decide, so it makes the same calls again.
 *
 * @throws CallMissing when asked for a call that is not there
 */
export function placeOf(calls: readonly CallTrace[]): { client: DynamoDbClient; invokeLambda: InvokeLambda } {
  const left = [...calls];
  const next = (): unknown => {
    const call = left.shift();
    if (call?.error) {
      throw call.error;
    }
    if (!call || call.endedAt === null || call.answer instanceof Cut) {
      throw new CallMissing('a call of the request was not kept');
    }
    return call.answer;
  };
  return {
    client: {
      call: async (_operation, _input, read = JSON.parse) => read(next() as string),
      close: async () => undefined,
    },
    invokeLambda: async () => next() as LambdaResult,
  };
}
