import { isRecord } from '../ground/record.ts';
import type { InvokeLambda } from '../lambda/lambda-result.ts';
import type { DataSourceModel } from '../template/app-model.ts';
import { answered, causeOf, failed } from './data-source.ts';
import type { DataSource, Outcome, RequestOfField } from './data-source.ts';
import { spread } from './lambda-batch.ts';
import { LAMBDA_WAIT_MS, WAITED_TOO_LONG, directError, namedError } from './lambda-error.ts';
import { invokeWithin } from './lambda-wait.ts';

/**
 * Creates a data source for the Lambda function of resolvers and AppSync functions without code: a request is the whole
 * context. The template decides which of them take batches (MaxBatchSize).
 */
export function createDirectLambdaDataSource(
  model: DataSourceModel & { type: 'AWS_LAMBDA' },
  invoke: InvokeLambda,
  waitMs?: number,
): DataSource {
  return {
    name: model.name,
    type: model.type,
    invoke: (context, invocation) =>
      invokeDirect(invoke, model.functionArn, context as Context, waitMs, invocation),
    batching: {
      keyOf: () => 'context',
      invoke: (contexts, origin) =>
        invokeDirectBatch(invoke, model.functionArn, contexts as Context[], waitMs, origin),
    },
  };
}

type Context = Record<string, unknown>;

/** The members of a direct Lambda resolver's event; all are always present ("Direct Lambda resolvers reference"). */
const MEMBERS = ['arguments', 'identity', 'source', 'request', 'prev', 'info', 'stash'] as const;

/**
 * Invokes the Lambda function of a resolver or AppSync function without code (docs/facts/resolvers.md#direct-lambda): the event
 * is the context, and the error type is the exception's class.
 *
 * @param context - the result of `ResolverContext.toJSON()`
 */
export async function invokeDirect(
  invoke: InvokeLambda,
  functionArn: string,
  context: Record<string, unknown>,
  waitMs: number = LAMBDA_WAIT_MS,
  origin?: RequestOfField,
): Promise<Outcome> {
  return call(invoke, functionArn, eventOf(context), waitMs, origin);
}

/** Like `invokeDirect`, for many contexts in one invocation; the function returns `{data, errorMessage, errorType}` for each. */
export async function invokeDirectBatch(
  invoke: InvokeLambda,
  functionArn: string,
  contexts: Record<string, unknown>[],
  waitMs: number = LAMBDA_WAIT_MS,
  origin?: RequestOfField,
): Promise<Outcome[]> {
  const outcome = await call(invoke, functionArn, contexts.map(eventOf), waitMs, origin);
  return spread(outcome, contexts.length).map(unwrap);
}

async function call(
  invoke: InvokeLambda,
  functionArn: string,
  event: unknown,
  waitMs: number,
  origin: RequestOfField | undefined,
): Promise<Outcome> {
  const result = await invokeWithin(waitMs, invoke, functionArn, event, undefined, causeOf(origin));
  if (result === 'waited-too-long') {
    return failed(WAITED_TOO_LONG);
  }
  return result.kind === 'answer' ? answered(result.payload) : failed(directError(result));
}

const eventOf = (context: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(MEMBERS.map((name) => [name, context[name] ?? null]));

function unwrap(outcome: Outcome): Outcome {
  if (outcome.kind === 'refused' || outcome.error || !isRecord(outcome.result)) {
    return outcome;
  }
  const { data = null, errorMessage, errorType } = outcome.result;
  const hasError = (errorMessage ?? errorType ?? null) !== null;
  if (!hasError) {
    return answered(data);
  }
  return failed(namedError(String(errorType ?? 'Lambda:Unhandled'), String(errorMessage ?? '')), data);
}
