import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { badRequest, requireText } from '../http/own-page-answers.ts';
import type { TableModel } from '../template/app-model.ts';
import type { AttributeValue, Item, ItemPage, KeyView } from './data-view.ts';
import { keyOf } from './tables.ts';
import { itemOf } from './values.ts';

interface Expression {
  text: string;
  names: Record<string, string>;
  values: Item;
}

interface Condition {
  op: string;
  value?: AttributeValue;
}

/** The most items of one page; DynamoDB itself ends a page at 1 MB. */
const PAGE_ITEMS = 50;

const COMPARISONS = ['=', '<', '<=', '>', '>='];
const KEY_OPERATORS = [...COMPARISONS, 'begins_with'];
const FILTER_OPERATORS = [...KEY_OPERATORS, '<>', 'contains', 'exists', 'does not exist'];

/**
 * Reads a page of items: `{table, index?, partition?, sort?: {op, value}, filter?: {attribute, op, value?}, descending?, from?}`,
 * where values are in DynamoDB's JSON and `from` is `next` of the page before.
 *
 * @throws RequestRefused 400 for a body of another shape; DynamoDbError
 */
export async function readItems(
  client: DynamoDbClient,
  table: TableModel,
  body: Record<string, unknown>,
): Promise<ItemPage> {
  const index =
    body.index === undefined || body.index === null ? undefined : requireText(body.index, 'index');
  const partition = itemOf({ value: body.partition ?? {} }, 'partition')!.value!;
  const isQuery = Object.keys(partition).length > 0;
  const operation = isQuery ? 'Query' : 'Scan';
  const condition = isQuery ? keyCondition(keyOfIndex(table, index), partition, body.sort) : undefined;
  const filter = filterOf(body.filter);
  const names = { ...condition?.names, ...filter?.names };
  const values = { ...condition?.values, ...filter?.values };
  const answer = await client.call<Answer>(operation, {
    TableName: table.tableName,
    IndexName: index,
    Limit: PAGE_ITEMS,
    ExclusiveStartKey: itemOf(body.from, 'from'),
    KeyConditionExpression: condition?.text,
    FilterExpression: filter?.text,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    ...(isQuery && { ScanIndexForward: body.descending !== true }),
    ReturnConsumedCapacity: 'TOTAL',
  });
  return {
    operation,
    items: answer.Items,
    next: answer.LastEvaluatedKey ?? null,
    scanned: answer.ScannedCount,
    units: answer.ConsumedCapacity?.CapacityUnits ?? 0,
  };
}

interface Answer {
  Items: Item[];
  LastEvaluatedKey?: Item;
  ScannedCount: number;
  ConsumedCapacity?: { CapacityUnits: number };
}

function keyOfIndex(table: TableModel, name: string | undefined): KeyView {
  const indexes = [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes];
  const index = indexes.find(({ IndexName }) => IndexName === name);
  if (name !== undefined && !index) {
    throw badRequest(
      `Table ${table.tableName} has no index ${name}; it has ${indexes.map(({ IndexName }) => IndexName).join(', ') || 'none'}.`,
    );
  }
  return keyOf(table, index?.KeySchema ?? table.keySchema);
}

function keyCondition([partition, sort]: KeyView, value: AttributeValue, given: unknown): Expression {
  const equal = compare(partition!.name, 'partition', { op: '=', value });
  const condition = conditionOf(given, KEY_OPERATORS, 'sort');
  if (!condition) {
    return equal;
  }
  if (!sort) {
    throw badRequest(`sort is given, but the key has no sort key; it is only ${partition!.name} alone.`);
  }
  const more = compare(sort.name, 'sort', condition);
  return {
    text: `${equal.text} AND ${more.text}`,
    names: { ...equal.names, ...more.names },
    values: { ...equal.values, ...more.values },
  };
}

function filterOf(given: unknown): Expression | undefined {
  const condition = conditionOf(given, FILTER_OPERATORS, 'filter');
  if (!condition) {
    return undefined;
  }
  return compare(
    requireText((given as { attribute?: unknown }).attribute, 'filter.attribute'),
    'filter',
    condition,
  );
}

function conditionOf(given: unknown, operators: string[], name: string): Condition | undefined {
  if (given === undefined || given === null) {
    return undefined;
  }
  const { op, value } = given as { op?: unknown; value?: unknown };
  const text = requireText(op, `${name}.op`);
  if (!operators.includes(text)) {
    throw badRequest(`${name}.op must be one of ${operators.join(', ')}, not ${text}.`);
  }
  return { op: text, value: itemOf({ value: value ?? {} }, name)!.value! };
}

/** @param path `name`, or `name.member` for a member of a map */
function compare(path: string, alias: string, { op, value }: Condition): Expression {
  const parts = path.split('.');
  const names = Object.fromEntries(parts.map((part, index) => [`#${alias}${index}`, part]));
  const left = Object.keys(names).join('.');
  const right = `:${alias}`;
  const values = value ? { [right]: value } : {};
  switch (op) {
    case 'begins_with':
    case 'contains':
      return { text: `${op}(${left}, ${right})`, names, values };
    case 'exists':
      return { text: `attribute_exists(${left})`, names, values: {} };
    case 'does not exist':
      return { text: `attribute_not_exists(${left})`, names, values: {} };
    default: // a comparison, which reads as it is written
      return { text: `${left} ${op} ${right}`, names, values };
  }
}
