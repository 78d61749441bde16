import { isRecord } from '../../ground/record.ts';
import type { DataSourceError, Invocation } from '../data-source.ts';
import { lambdaError } from '../lambda-error.ts';
import type { Place } from './dynamodb-operation.ts';
import { checkMembers, readObject, type Members } from './read-request.ts';
import type { WireMap } from './typed-values.ts';

/** What the Lambda function of a `Custom` strategy decided about a failed condition. */
export type Decision =
  | { action: 'reject' }
  | { action: 'discard' }
  /** The request to run instead, with the operation and the key of the first one. */
  | { action: 'retry'; request: Members }
  /** It failed, or said something else. */
  | { action: 'failed'; error: DataSourceError };

/** A failed conditional write, for whoever is to decide about it. */
export interface Conflict {
  request: Members;
  invocation: Invocation;
  current: WireMap | undefined;
}

/**
 * Asks the Lambda function (docs/facts/dynamodb.md#condition-custom). The current item goes to it typed, as the guide's
 * example has it.
 *
 * @throws RequestProblem when its `retryMapping` is none
 */
export async function askConflictHandler(
  { invokeLambda, tableName, region }: Place,
  lambdaArn: string,
  { request, invocation, current }: Conflict,
): Promise<Decision> {
  const [parentType, fieldName] = invocation.field.split('.');
  const { arguments: args = {}, identity = null, outputType = null } = invocation.describe?.() ?? {};
  const answer = await invokeLambda(lambdaArn, {
    arguments: args,
    requestMapping: request,
    currentValue: current ?? null,
    resolver: { tableName, awsRegion: region, parentType, field: fieldName, outputType },
    identity,
  });
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

/** What a retry may change, by operation. */
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

/** A condition without an expression only says how to look at the item afterwards: the retry is then unconditional. */
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
