import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { kinds } from '../../schema/generated/kinds.js';
import { internalError, type KindsAnswer, type PutAnswer, type Refusal, throttled } from './answer.ts';
import type { Caller } from './caller.ts';
import type { PutInput } from './check-input.ts';
import { logFailure, logPut } from './log.ts';
import { makePut } from './put.ts';
import { documentClient } from './tables.ts';
import { isThrottling } from './transact.ts';

/** What the resolvers of `Mutation.putValidatedItem` and `Query.itemKinds` send. */
export type Event =
  { operation: 'putValidatedItem'; input: PutInput; caller: Caller } | { operation: 'itemKinds' };

/**
 * Made once per environment. The SDK reads region, credentials and AWS_ENDPOINT_URL_DYNAMODB itself. Three attempts and these
 * time-outs (milliseconds) end a call to a table that does not answer in 10 seconds; the SDK's default is never.
 */
const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

function environment(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}: give it a table's name`,
    );
  return value;
}

const put = makePut(
  {
    client: documentClient(client),
    items: environment('ITEMS_TABLE'),
    constraints: environment('CONSTRAINTS_TABLE'),
  },
  new Map(kinds.map((kind) => [kind.kind, kind])),
);

const kindsAnswer: KindsAnswer = { kinds: kinds.map(({ kind, schema }) => ({ kind, schema })) };

function fail(error: unknown, requestId: string): Refusal {
  logFailure(error, requestId);
  return isThrottling(error) ? throttled() : internalError(requestId);
}

async function answerPut(input: PutInput, caller: Caller, requestId: string): Promise<PutAnswer> {
  const started = performance.now();
  const answer = await put(input, caller).catch((error: unknown) => fail(error, requestId));
  logPut(input.kind, answer, performance.now() - started, requestId);
  return answer;
}

/** The Lambda function. Answers errors as data; the resolver raises them. */
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
      return fail(new Error(`no such operation: ${JSON.stringify(event)}`), awsRequestId);
  }
}
