import { isRecord } from '../../ground/record.ts';
import { causeOf, type DataSourceError, type Invocation } from '../data-source.ts';
import { lambdaError } from '../lambda-error.ts';
import type { Place } from './dynamodb-operation.ts';
import { checkMembers, readObject, type Members } from './read-request.ts';
import type { WireMap } from './typed-values.ts';

/** The decision of a `Custom` strategy's Lambda function about a failed condition. */
export type Decision =
  | { action: 'reject' }
  | { action: 'discard' }
  /** The request to run instead, with the operation and the key of the first one. */
  | { action: 'retry'; request: Members }
  /** The function failed, or returned something else. */
  | { action: 'failed'; error: DataSourceError };

/** A failed conditional write, passed to the Lambda function that decides about it. */
export interface Conflict {
  request: Members;
  invocation: Invocation;
  current: WireMap | undefined;
}

/**
 * Invokes the Lambda function (docs/facts/dynamodb.md#condition-custom). It receives the current item as typed values, as in
 * the guide's example.
 *
 * @throws RequestProblem when its `retryMapping` is invalid
 */
export async function askConflictHandler(
  { invokeLambda, tableName, region }: Place,
  lambdaArn: string,
  { request, invocation, current }: Conflict,
): Promise<Decision> {
  const [parentType, fieldName] = invocation.field.split('.');
  const { arguments: args = {}, identity = null, outputType = null } = invocation.describe?.() ?? {};
  const event = {
    arguments: args,
    requestMapping: request,
    currentValue: current ?? null,
    resolver: { tableName, awsRegion: region, parentType, field: fieldName, outputType },
    identity,
  };
  const answer = await invokeLambda(lambdaArn, event, 'RequestResponse', causeOf(invocation));
  return answer.kind === 'answer'
    ? decisionOf(answer.payload, request)
    : { action: 'failed', error: lambdaError(answer) };
}

function decisionOf(payload: unknown, request: Members): Decision {
  const { action = null, retryMapping } = isRecord(payload) ? payload : {};
  if (action === 'reject' || action === 'discard') {
    return { action };
  }
  if (action === 'retry') {
    return { action, request: retried(request, retryMapping) };
  }
  const message =
    `The Lambda function of conditionalCheckFailedHandler answered the action ${JSON.stringify(action)}; ` +
    'it must be reject, discard or retry.';
  return { action: 'failed', error: { type: 'Lambda:Unhandled', message } };
}

/** The members that a retry may change, by operation. */
const CHANGEABLE: Record<string, readonly string[]> = {
  PutItem: ['attributeValues'],
  UpdateItem: ['update'],
  DeleteItem: [],
};

const CONDITION_MEMBERS = new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'equalsIgnore',
  'consistentRead',
]);

/** A condition without an expression only says how to read the item afterwards: the retry is then unconditional. */
function retried({ operation, key }: Members, value: unknown): Members {
  const path = '$[retryMapping]';
  const mapping = readObject(value, path);
  checkMembers(mapping, new Set(['condition', ...CHANGEABLE[String(operation)]!]), path);
  const { condition = null, ...changed } = mapping;
  if (condition !== null) {
    checkMembers(readObject(condition, `${path}[condition]`), CONDITION_MEMBERS, `${path}[condition]`);
  }
  const hasExpression = isRecord(condition) && condition['expression'] !== undefined;
  return { operation, key, ...changed, ...(hasExpression && { condition }) };
}
