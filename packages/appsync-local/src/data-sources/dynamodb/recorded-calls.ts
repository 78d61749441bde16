import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import type { InvokeLambda, LambdaResult } from '../../lambda/lambda-result.ts';
import type { CallSink, CallTrace } from '../../trace/call-trace.ts';
import { weigh, weightOfText } from '../../trace/weight.ts';

/**
 * A client that records its calls. It also asks for the capacity that each of them consumes; neither in the embedded engine nor in this
 * server did that cost anything measurable (ADR 36).
 */
export const recordedClient = (client: DynamoDbClient, calls: CallSink): DynamoDbClient => ({
  async call<T>(operation: string, input: object, read = JSON.parse as (text: string) => T): Promise<T> {
    const call = begun('DynamoDB', operation, input);
    calls.called(call);
    try {
      return await client.call(operation, { ...input, ReturnConsumedCapacity: 'INDEXES' }, (text) => {
        call.endedAt = performance.now();
        call.answer = calls.keep(text, weightOfText(text));
        return read(text);
      });
    } catch (error) {
      call.endedAt = performance.now();
      call.error = error as Error;
      throw error;
    }
  },
  close: () => client.close(),
});

/** Records the invocations of a Lambda function that decides about a failed condition. */
export const recordedInvoke =
  (invoke: InvokeLambda, calls: CallSink): InvokeLambda =>
  async (functionArn, payload, invocationType, cause) => {
    const call = begun('Lambda', 'Invoke', { functionArn, payload });
    calls.called(call);
    const result: LambdaResult = await invoke(functionArn, payload, invocationType, cause);
    call.endedAt = performance.now();
    call.answer = calls.keep(result, weigh(result, MOST_WEIGHED));
    return result;
  };

/** More than a Lambda function may answer. */
const MOST_WEIGHED = 16 * 1024 * 1024;

const begun = (service: CallTrace['service'], operation: string, input: object): CallTrace => ({
  service,
  operation,
  input,
  startedAt: performance.now(),
  endedAt: null,
  answer: null,
  error: null,
});
