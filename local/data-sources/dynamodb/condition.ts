import { answered, failed, type Outcome } from '../data-source.ts';
import { dataSourceError, isDynamoDbError } from './errors.ts';
import { expressionOf, type Expression } from './expressions.ts';
import type { Place } from './operation.ts';
import { checkMembers, readList, readObject, readOptionalBoolean, readString } from './read-request.ts';
import { RequestProblem } from './request-problem.ts';
import { itemFromWire, type WireMap } from './typed-values.ts';

/** The `condition` of a PutItem, UpdateItem or DeleteItem (facts 4.8). */
export interface Condition {
  expression: Expression;
  /** Attributes in which a PutItem may differ from what is stored and still count as done. */
  equalsIgnore: ReadonlySet<string>;
  /** How the item is read after a failure. Default true. */
  consistentRead: boolean;
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
  if (value === undefined || value === null) return undefined;
  const path = '$[condition]';
  const condition = readObject(value, path);
  checkMembers(condition, MEMBERS, path);
  checkHandler(condition.conditionalCheckFailedHandler, `${path}[conditionalCheckFailedHandler]`);
  return {
    expression: expressionOf(condition, path),
    equalsIgnore: readNames(condition.equalsIgnore, `${path}[equalsIgnore]`),
    consistentRead: readOptionalBoolean(condition.consistentRead, `${path}[consistentRead]`) ?? true,
  };
}

function readNames(value: unknown, path: string): ReadonlySet<string> {
  if (value === undefined || value === null) return NO_NAMES;
  return new Set(readList(value, path).map((name, index) => readString(name, `${path}[${index}]`)));
}

const HANDLER_MEMBERS = new Set(['strategy', 'lambdaArn']);

function checkHandler(value: unknown, path: string): void {
  if (value === undefined || value === null) return;
  const handler = readObject(value, path);
  checkMembers(handler, HANDLER_MEMBERS, path);
  const strategy = readString(handler.strategy, `${path}[strategy]`);
  if (strategy === 'Reject') return;
  throw new RequestProblem(
    strategy === 'Custom'
      ? `Value 'Custom' for field '${path}[strategy]' is not supported by the local server; use 'Reject' and handle ctx.error.`
      : `Value for field '${path}[strategy]' must be 'Reject' or 'Custom', got '${strategy}'.`,
  );
}

/** A conditional write, and what to make of the item that stood against it. */
export interface ConditionalWrite {
  key: WireMap;
  condition: Condition | undefined;
  write(): Promise<Outcome>;
  /** Whether the table is already as the write would have left it. */
  isDone(current: WireMap | undefined): boolean;
}

/**
 * Runs a write. When its condition fails the item is read again: the write counts as done if the item is as it should be,
 * otherwise `ctx.result` is the current item beside `ctx.error` (facts 4.8).
 */
export async function writeConditionally(
  { client, tableName }: Place,
  { key, condition, write, isDone }: ConditionalWrite,
): Promise<Outcome> {
  try {
    return await write();
  } catch (error) {
    if (!isDynamoDbError(error) || error.name !== 'ConditionalCheckFailedException') throw error;
    const { Item } = await client.call<{ Item?: WireMap }>('GetItem', {
      TableName: tableName,
      Key: key,
      ConsistentRead: condition?.consistentRead ?? true,
    });
    return isDone(Item) ? answered(itemFromWire(Item)) : failed(dataSourceError(error), itemFromWire(Item));
  }
}
