import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { toDynamoDbRecord } from '../format/attribute-value.ts';
import type { Row } from '../format/row.ts';
import { isContention, isThrottling, type Pace } from '../pace.ts';
import { sendText } from '../wire.ts';

/** The tables that an import writes. */
export interface Tables {
  client: DynamoDBClient;
  /** A transaction costs nothing more there: on AWS each of its writes costs two. */
  isLocal: boolean;
  items: string;
  constraints: string;
  pace: Pace;
}

const CANCELLED = ['TransactionCanceledException', 'ValidationException'];

/**
 * Inserts rows whose ids must be free in one transaction. It takes the embedded engine 85 µs a row of 1 KB, where statements in a batch take
 * 115 and BatchWriteItem, which overwrites, 112 (measured 2026-11-30): it commits once.
 *
 * @param rows at most 100
 * @returns false when it has inserted none: an id is taken, a row is refused, or others write the same
 */
export async function insertTogether(
  { client, items, pace }: Tables,
  rows: readonly Row[],
): Promise<boolean> {
  const before = `{"Put":{"TableName":${JSON.stringify(items)},"ConditionExpression":"attribute_not_exists(id)","Item":`;
  const body = `{"TransactItems":[${rows.map((row) => `${before}${toDynamoDbRecord(row)}}}`).join(',')}]}`;
  try {
    await pace.call(() => sendText(client, new TransactWriteItemsCommand({ TransactItems: [] }), body));
    return true;
  } catch (error) {
    if (CANCELLED.includes((error as Error).name)) {
      return false;
    }
    throw error;
  }
}

/** The outcome of inserting a row. */
export type Inserted = 'created' | 'exists' | { refused: string };

/**
 * Inserts rows whose ids must be free, each independently: PartiQL's INSERT is the only conditional write in batches (Developer
 * Guide, "PartiQL insert statements"; API, BatchExecuteStatement). It costs as much as PutItem.
 *
 * A row whose response was lost is found as `exists`, equal to the line.
 *
 * @param rows at most 25
 * @returns one outcome per row, in order
 */
export async function insertRows({ client, items, pace }: Tables, rows: readonly Row[]): Promise<Inserted[]> {
  const outcomes = new Map<Row, Inserted>();
  let since = Date.now();
  for (let round = 0; outcomes.size < rows.length; round += 1) {
    const left = rows.filter((row) => !outcomes.has(row));
    const Statements = left.map((row) => insertStatement(items, row));
    const { Responses = [] } = await pace.call(() =>
      client.send(new BatchExecuteStatementCommand({ Statements })),
    );
    left.forEach((row, index) => {
      const outcome = readOutcome(Responses[index]?.Error);
      if (outcome !== null) {
        outcomes.set(row, outcome);
      }
    });
    if (outcomes.size > rows.length - left.length) {
      since = Date.now();
    }
    if (outcomes.size < rows.length) {
      await pace.partlyThrottled(round, since);
    }
  }
  return rows.map((row) => outcomes.get(row)!);
}

/** Null for a row to retry. */
function readOutcome(error: { Code?: string; Message?: string } | undefined): Inserted | null {
  if (error?.Code === undefined) {
    return 'created';
  }
  if (error.Code === 'DuplicateItem') {
    return 'exists';
  }
  if (isThrottling(error.Code) || isContention(error.Code) || error.Code === 'InternalServerError') {
    return null;
  }
  return { refused: `DynamoDB refuses it: ${error.Message ?? error.Code}` };
}

/** Names are in single quotes, which are doubled inside (Developer Guide, "PartiQL insert statements"). */
function insertStatement(table: string, row: Row) {
  const names = Object.keys(row).map((name) => `'${name.replaceAll("'", "''")}': ?`);
  return { Statement: `INSERT INTO "${table}" VALUE {${names.join(', ')}}`, Parameters: Object.values(row) };
}

/** Reads consistently, because a write depends on it. */
export async function readRow({ client, items, pace }: Tables, id: string): Promise<Row | undefined> {
  const input = { TableName: items, Key: { id: { S: id } }, ConsistentRead: true };
  return (await pace.call(() => client.send(new GetItemCommand(input)))).Item;
}

/** @param ids at most 100, without duplicates */
export async function readRows(
  { client, items, pace }: Tables,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  let keys: Row[] = ids.map((id) => ({ id: { S: id } }));
  let since = Date.now();
  for (let round = 0; keys.length > 0; round += 1) {
    const RequestItems = { [items]: { Keys: keys, ConsistentRead: true } };
    const answer = await pace.call(() => client.send(new BatchGetItemCommand({ RequestItems })));
    for (const row of answer.Responses?.[items] ?? []) {
      found.set(row['id']!.S!, row);
    }
    const left = answer.UnprocessedKeys?.[items]?.Keys ?? [];
    // Responses end at 16 MB, so fewer remaining keys mean a further page, not throttling (API, BatchGetItem).
    if (left.length === keys.length) {
      await pace.partlyThrottled(round, since);
    } else {
      since = Date.now();
    }
    keys = left;
  }
  return found;
}
