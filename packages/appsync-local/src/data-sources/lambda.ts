import type { InvocationType, InvokeLambda } from '../lambda/lambda-result.ts';
import type { DataSourceModel } from '../template/app-model.ts';
import { answered, causeOf, failed } from './data-source.ts';
import type { Batching, DataSource, Outcome, RequestOfField } from './data-source.ts';
import { spread } from './lambda-batch.ts';
import { LAMBDA_WAIT_MS, WAITED_TOO_LONG, lambdaError } from './lambda-error.ts';
import { invokeWithin } from './lambda-wait.ts';
import { checkRequest, refuse } from './request-shape.ts';
import type { Refusal } from './request-shape.ts';

export { createDirectLambdaDataSource, invokeDirect, invokeDirectBatch } from './lambda-direct.ts';

export interface LambdaDataSource extends DataSource {
  /**
   * Combines many `BatchInvoke` requests in one invocation (docs/facts/lambda.md#lambda-batch-result): the function receives
   * the payloads as an array and returns an array in the same order. An `Invoke` request is never part of a batch.
   */
  batching: Batching;
}

interface LambdaRequest {
  operation: 'Invoke' | 'BatchInvoke';
  payload: unknown;
  invocationType: InvocationType;
}

/**
 * Creates a data source for a Lambda function (docs/facts/lambda.md). A single `BatchInvoke` request passed to `invoke` is a
 * batch of one.
 *
 * @param waitMs - milliseconds that AppSync waits for a response; default 30,000
 */
export function createLambdaDataSource(
  model: DataSourceModel & { type: 'AWS_LAMBDA' },
  invoke: InvokeLambda,
  waitMs: number = LAMBDA_WAIT_MS,
): LambdaDataSource {
  return {
    name: model.name,
    type: 'AWS_LAMBDA',
    async invoke(value, invocation) {
      const request = parseRequest(value);
      if ('kind' in request) {
        return request;
      }
      if (request.operation === 'Invoke') {
        return call(request.payload, request.invocationType, invocation);
      }
      const [outcome] = await batch([request], invocation);
      return outcome as Outcome;
    },
    batching: {
      keyOf(value) {
        const request = parseRequest(value);
        return 'kind' in request || request.operation === 'Invoke' ? null : request.invocationType;
      },
      async invoke(values, origin) {
        const parsed = values.map(parseRequest);
        const requests = parsed.filter((one): one is LambdaRequest => !('kind' in one));
        const outcomes = (await batch(requests, origin)).values();
        return parsed.map((one) => ('kind' in one ? one : (outcomes.next().value as Outcome)));
      },
    },
  };

  async function call(
    payload: unknown,
    invocationType: InvocationType,
    origin: RequestOfField | undefined,
  ): Promise<Outcome> {
    const cause = causeOf(origin);
    const result = await invokeWithin(waitMs, invoke, model.functionArn, payload, invocationType, cause);
    if (result === 'waited-too-long') {
      return failed(WAITED_TOO_LONG);
    }
    return result.kind === 'answer' ? answered(result.payload) : failed(lambdaError(result));
  }

  async function batch(requests: LambdaRequest[], origin?: RequestOfField): Promise<Outcome[]> {
    const [first] = requests;
    if (!first) {
      return [];
    }
    const payloads = requests.map(({ payload }) => payload);
    const outcome = await call(payloads, first.invocationType, origin);
    return first.invocationType === 'Event'
      ? requests.map(() => answered(null))
      : spread(outcome, requests.length);
  }
}

function parseRequest(value: unknown): LambdaRequest | Refusal {
  const { request, refusal } = checkRequest(value, ['operation'], ['payload', 'invocationType']);
  if (refusal) {
    return refusal;
  }
  const { operation, payload = null, invocationType = 'RequestResponse' } = request;
  if (operation !== 'Invoke' && operation !== 'BatchInvoke') {
    return refuse(
      `Unsupported operation '${String(operation)}'. A Lambda data source takes Invoke or BatchInvoke.`,
    );
  }
  if (invocationType !== 'RequestResponse' && invocationType !== 'Event') {
    const known = 'RequestResponse or Event';
    return refuse(`Unsupported value '${String(invocationType)}' for '$[invocationType]'. It is ${known}.`);
  }
  return { operation, payload, invocationType };
}
