import { setTimeout as pause } from 'node:timers/promises';
import { type DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { counterLog, positionOf, POSITIONS_PER_MS } from '../../model/change-log.ts';
import { logRow } from './log-row.ts';
import { logsOf } from './logs-of.ts';
import { Remembered } from './remembered.ts';
import { LESSER, type Report } from './report.ts';
import { failureOf } from './transaction-failure.ts';

/** Reports that are missing in one of their logs, by their order, with the reason. */
export type NotAppended = Map<string, string>;

export interface ChangeLog {
  /** Appends reports to their logs, in their order; skips those that this environment has appended before. */
  append(reports: readonly Report[]): Promise<NotAppended>;
}

/** Why a chunk was not appended; `refused` if its contents are the reason, so that a retry would fail too. */
interface NotDone {
  refused: boolean;
  reason: string;
}

/** DynamoDB accepts 100 actions in a transaction (API reference, TransactWriteItems); one is for the counter. */
const MAX_ROWS = 98;
/** … and 4 MB; a row takes up to one and a half times the bytes of its report. */
const MAX_BYTES = 2_000_000;
const ATTEMPTS = 15;
/** At least ten batches of a hundred records with two rows each. */
const REMEMBERED_ROWS = 5000;
const REMEMBERED_LOGS = 1000;

/** The key of a log's counter; its sort key is not used. */
const counterKey = (log: string) => ({ log: { S: counterLog(log) }, position: { S: '0' } });

/** Splits reports into rows that fit one transaction. */
function chunksOf(reports: readonly Report[]): Report[][] {
  const chunks: Report[][] = [];
  let bytes = 0;
  for (const report of reports) {
    bytes += report.bytes;
    const chunk = chunks.at(-1);
    if (chunk && chunk.length < MAX_ROWS && bytes <= MAX_BYTES) {
      chunk.push(report);
    } else {
      chunks.push([report]);
      bytes = report.bytes;
    }
  }
  return chunks;
}

function byLog(
  reports: readonly Report[],
  isNew: (log: string, report: Report) => boolean,
): Map<string, Report[]> {
  const found = new Map<string, Report[]>();
  for (const report of reports) {
    for (const log of logsOf(report.change)) {
      if (isNew(log, report)) {
        found.set(log, [...(found.get(log) ?? []), report]);
      }
    }
  }
  return found;
}

/** Random, so that writers in conflict do not meet again; milliseconds, three seconds in all at most. */
const pauseOf = (attempt: number): number => Math.random() * Math.min(200, 10 * 1.5 ** attempt);

/**
 * The log of changes. A position is a hybrid clock (docs/adr/0019): the time, or one more than the last position of the log if
 * that is later. The transaction that writes rows moves the log's counter on the condition that nobody else has moved it.
 * @param now epoch milliseconds
 */
export function changeLog(client: DynamoDBClient, table: string, now: () => number = Date.now): ChangeLog {
  const appended = new Remembered(REMEMBERED_ROWS);
  /** The last position of each log that this environment knows; `''` for an empty log. */
  const counters = new Map<string, string>();

  async function lastOf(log: string): Promise<string> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: counterKey(log), ConsistentRead: true }),
    );
    return Item?.['last']?.S ?? '';
  }

  function learn(log: string, last: string | undefined): void {
    counters.delete(log);
    if (last === undefined) {
      return;
    }
    counters.set(log, last);
    if (counters.size > REMEMBERED_LOGS) {
      counters.delete(counters.keys().next().value!);
    }
  }

  async function write(reports: readonly Report[], log: string): Promise<void> {
    const last = counters.get(log) ?? (await lastOf(log));
    const time = now();
    const first = Math.max(Number(last) + 1, time * POSITIONS_PER_MS);
    const positions = reports.map((_, index) => positionOf(String(first + index)));
    const rows = reports.map((report, index) =>
      logRow(report, log, positions[index]!, positions[index - 1] ?? last, time),
    );
    const TransactItems = [
      moveCounter(table, log, last, positions.at(-1)!),
      ...rows.map((Item) => ({ Put: { TableName: table, Item } })),
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    learn(log, positions.at(-1)!);
  }

  async function appendChunk(chunk: readonly Report[], log: string): Promise<NotDone | null> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        await write(chunk, log);
        for (const { change } of chunk) {
          appended.add(`${log} ${change.order}`);
        }
        return null;
      } catch (error) {
        const failure = failureOf(error);
        learn(log, failure.type === 'moved' ? failure.last : undefined);
        if (failure.type === 'failed' || failure.type === 'refused') {
          return { refused: failure.type === 'refused', reason: `append: ${failure.reason}` };
        }
        await pause(pauseOf(attempt));
      }
    }
    const reason = `append: given up after ${ATTEMPTS} attempts, others write the same log`;
    return { refused: false, reason };
  }

  /**
   * Finds the reports whose contents DynamoDB refuses by halving, and appends them with less content: one item must not hold up
   * the changes of others.
   */
  async function appendOrLess(chunk: readonly Report[], log: string): Promise<NotDone | null> {
    const notDone = await appendChunk(chunk, log);
    if (!notDone?.refused) {
      return notDone;
    }
    const [first, ...others] = chunk;
    if (others.length > 0) {
      const half = chunk.length >> 1;
      return (await appendOrLess(chunk.slice(0, half), log)) ?? (await appendOrLess(chunk.slice(half), log));
    }
    for (const lesser of LESSER) {
      const without = await appendChunk([lesser(first!)], log);
      if (!without?.refused) {
        return without;
      }
    }
    return notDone;
  }

  /** After a failure the rest of the log waits for the next invocation, to keep its changes in order. */
  async function appendTo(log: string, reports: readonly Report[], failures: NotAppended): Promise<void> {
    let reason: string | null = null;
    for (const chunk of chunksOf(reports)) {
      reason ??= (await appendOrLess(chunk, log))?.reason ?? null;
      if (reason === null) {
        continue;
      }
      const left = chunk.filter(({ change }) => !appended.has(`${log} ${change.order}`));
      for (const { change } of left) {
        failures.set(change.order, reason);
      }
    }
  }

  return {
    async append(reports) {
      const failures: NotAppended = new Map();
      const logs = byLog(reports, (log, { change }) => !appended.has(`${log} ${change.order}`));
      await Promise.all([...logs].map(([log, found]) => appendTo(log, found, failures)));
      return failures;
    },
  };
}

const moveCounter = (TableName: string, log: string, last: string, next: string) => ({
  Update: {
    TableName,
    Key: counterKey(log),
    UpdateExpression: 'SET #last = :next',
    ConditionExpression: last === '' ? 'attribute_not_exists(#last)' : '#last = :last',
    ExpressionAttributeNames: { '#last': 'last' },
    ExpressionAttributeValues: { ':next': { S: next }, ...(last !== '' && { ':last': { S: last } }) },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});
