import { answered, failed, type Invocation, type Outcome } from '../data-source.ts';
import { askConflictHandler } from './conflict-handler.ts';
import type { Place } from './dynamodb-operation.ts';
import { dataSourceError, isDynamoDbError } from './errors.ts';
import { expressionOf, type Expression } from './expressions.ts';
import {
  checkMembers,
  readList,
  readObject,
  readOptionalBoolean,
  readString,
  type Members,
} from './read-request.ts';
import { RequestProblem } from './request-problem.ts';
import { itemFromWire, type WireMap } from './typed-values.ts';

/** The `condition` of a PutItem, UpdateItem or DeleteItem (docs/facts/dynamodb.md#condition-same). */
export interface Condition {
  expression: Expression;
  /** Attributes that a PutItem ignores when it compares its item with the stored one. */
  equalsIgnore: ReadonlySet<string>;
  /** Whether the item is read consistently after a failure. Default true. */
  consistentRead: boolean;
  /** The Lambda function that handles a failure; absent with the strategy `Reject`. */
  handlerArn?: string;
}

const MEMBERS = new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'equalsIgnore',
  'consistentRead',
  'conditionalCheckFailedHandler',
]);
const NO_NAMES: ReadonlySet<string> = new Set();

export function readOptionalCondition(value: unknown): Condition | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const path = '$[condition]';
  const condition = readObject(value, path);
  checkMembers(condition, MEMBERS, path);
  const handlerArn = readHandler(
    condition.conditionalCheckFailedHandler,
    `${path}[conditionalCheckFailedHandler]`,
  );
  return {
    ...(handlerArn !== undefined && { handlerArn }),
    expression: expressionOf(condition, path),
    equalsIgnore: readNames(condition.equalsIgnore, `${path}[equalsIgnore]`),
    consistentRead: readOptionalBoolean(condition.consistentRead, `${path}[consistentRead]`) ?? true,
  };
}

function readNames(value: unknown, path: string): ReadonlySet<string> {
  if (value === undefined || value === null) {
    return NO_NAMES;
  }
  return new Set(readList(value, path).map((name, index) => readString(name, `${path}[${index}]`)));
}

const HANDLER_MEMBERS = new Set(['strategy', 'lambdaArn']);

function readHandler(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const handler = readObject(value, path);
  checkMembers(handler, HANDLER_MEMBERS, path);
  const strategy = readString(handler.strategy, `${path}[strategy]`);
  if (strategy === 'Custom') {
    return readString(handler.lambdaArn, `${path}[lambdaArn]`);
  }
  if (strategy === 'Reject') {
    return undefined;
  }
  throw new RequestProblem(
    `Value for field '${path}[strategy]' must be 'Reject' or 'Custom', got '${strategy}'.`,
  );
}

/** A conditional write, and its response to the item that failed the condition. */
export interface ConditionalWrite {
  request: Members;
  invocation: Invocation;
  key: WireMap;
  condition: Condition | undefined;
  write(): Promise<Outcome>;
  /** Whether the table is already in the state after the write. */
  isDone(current: WireMap | undefined): boolean;
  /** Runs another request of the same operation. */
  again(request: Members): Promise<Outcome>;
}

/**
 * Runs a write. When its condition fails, reads the item again: the write counts as done if the item already has the intended
 * state; otherwise the strategy decides. `Reject` sets `ctx.error`, with the current item in `ctx.result`
 * (docs/facts/dynamodb.md#condition-reject).
 */
export async function writeConditionally(place: Place, conditional: ConditionalWrite): Promise<Outcome> {
  const { key, condition, write, isDone } = conditional;
  try {
    return await write();
  } catch (error) {
    if (!isDynamoDbError(error) || error.name !== 'ConditionalCheckFailedException') {
      throw error;
    }
    const { Item } = await place.client.call<{ Item?: WireMap }>('GetItem', {
      TableName: place.tableName,
      Key: key,
      ConsistentRead: condition?.consistentRead ?? true,
    });
    if (isDone(Item)) {
      return answered(itemFromWire(Item));
    }
    const rejected = failed(dataSourceError(error), itemFromWire(Item));
    return condition?.handlerArn === undefined
      ? rejected
      : decide(place, condition.handlerArn, conditional, Item, rejected);
  }
}

/** A retry has no handler, so its failure is rejected. */
async function decide(
  place: Place,
  handlerArn: string,
  { request, invocation, again }: ConditionalWrite,
  current: WireMap | undefined,
  rejected: Outcome,
): Promise<Outcome> {
  const decision = await askConflictHandler(place, handlerArn, { request, invocation, current });
  switch (decision.action) {
    case 'reject':
      return rejected;
    case 'discard':
      return answered(itemFromWire(current));
    case 'retry':
      return again(decision.request);
    case 'failed':
      return failed(decision.error, itemFromWire(current));
  }
}
