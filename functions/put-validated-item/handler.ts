import type { Caller } from '../../model/caller.ts';
import { internalError, outcomeUnknown, type Refusal } from '../../model/refusals.ts';
import { kinds } from '../../schema/generated/kinds.js';
import { createDynamoDbClient } from '../dynamodb-client.ts';
import { environment } from '../environment.ts';
import { type KindsAnswer, type PutAnswer, refused, type RefusalAnswer, throttledForNow } from './answer.ts';
import type { PutInput } from './check-input.ts';
import { logFailure, logPut } from './log.ts';
import { makePut } from './put.ts';
import { documentClient } from './tables.ts';
import { isThrottling } from './transact.ts';

/** The events that the resolvers of `Mutation.putValidatedItem` and `Query.itemKinds` send. */
export type Event =
  | { operation: 'putValidatedItem'; input: PutInput; caller: Caller }
  | { operation: 'itemKinds' };

/** Created once per environment. */
const put = makePut(
  {
    client: documentClient(createDynamoDbClient()),
    items: environment('ITEMS_TABLE', "a table's name"),
    constraints: environment('CONSTRAINTS_TABLE', "a table's name"),
  },
  new Map(kinds.map((kind) => [kind.kind, kind])),
);

const kindsAnswer: KindsAnswer = { kinds: kinds.map(({ kind, schema }) => ({ kind, schema })) };

function fail(error: unknown, requestId: string, refusal: (requestId: string) => Refusal): RefusalAnswer {
  logFailure(error, requestId);
  return refused(isThrottling(error) ? throttledForNow() : refusal(requestId));
}

/** A client error of the SDK says that DynamoDB has done nothing; any other failure leaves it open. */
function failedPut(error: unknown, requestId: string): RefusalAnswer {
  const isRefused = error instanceof Error && '$fault' in error && error.$fault === 'client';
  return fail(error, requestId, isRefused ? internalError : outcomeUnknown);
}

async function answerPut(input: PutInput, caller: Caller, requestId: string): Promise<PutAnswer> {
  const started = Date.now();
  const answer = await put(input, caller).catch((error: unknown) => failedPut(error, requestId));
  logPut(input.kind, answer, Date.now() - started, requestId);
  return answer;
}

/** The Lambda function. Returns errors as data; the resolver raises them. */
export async function handler(
  event: Event,
  { awsRequestId }: { awsRequestId: string },
): Promise<PutAnswer | KindsAnswer> {
  switch (event.operation) {
    case 'itemKinds':
      return kindsAnswer;
    case 'putValidatedItem':
      return answerPut(event.input, event.caller, awsRequestId);
    default:
      return fail(new Error(`no such operation: ${JSON.stringify(event)}`), awsRequestId, internalError);
  }
}
