import { setTimeout as pause } from 'node:timers/promises';
import { type DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { counterLog } from '../../model/change-log.ts';
import { type Chunk, roundsOf, rowsOf, togetherIn } from './chunks.ts';
import { type LogRow, logRow } from './log-row.ts';
import { Remembered } from './remembered.ts';
import { LESSER, type Report } from './report.ts';
import { failureOf, type TransactionFailure } from './transaction-failure.ts';

/** Reports that are missing in one of their logs, by their order, with the reason. */
export type NotAppended = Map<string, string>;

export interface ChangeLog {
  /** Appends reports to their logs, in their order; skips those that this environment has appended before. */
  append(reports: readonly Report[]): Promise<NotAppended>;
}

/** Why a chunk was not appended. A retry of one that was `refused` would fail too, because its contents are the reason. */
interface NotDone {
  type: 'refused' | 'failed' | 'busy';
  reason: string;
}

const NOT_TRIED: NotDone = { type: 'busy', reason: 'append: not tried' };

/** A chunk with its place in its log. */
interface Placed {
  log: string;
  /** The position before it. */
  last: string;
  /** Its last position. */
  next: string;
  rows: LogRow[];
}

/** At one log. */
const ATTEMPTS = 15;
/** At several logs in one transaction, before each of them is tried alone: one busy log must not hold up the others. */
const ATTEMPTS_TOGETHER = 3;
/** At least ten batches of a hundred records with two rows each. */
const REMEMBERED_ROWS = 5000;
const REMEMBERED_LOGS = 1000;

/** The key of a log's counter; its sort key is not used. */
const counterKey = (log: string) => ({ log: { S: counterLog(log) }, position: { S: '0' } });

/** Random, so that writers in conflict do not meet again; milliseconds, three seconds in all at most. */
const pauseOf = (attempt: number): number => Math.random() * Math.min(200, 10 * 1.5 ** attempt);

/**
 * The log of changes. A position is a hybrid clock (docs/adr/0019): the time, or one more than the last position of the log if
 * that is later. The transaction that writes rows moves the counters of their logs on the condition that nobody else has moved them.
 * @param now epoch milliseconds
 */
export function changeLog(client: DynamoDBClient, table: string, now: () => number = Date.now): ChangeLog {
  const appended = new Remembered(REMEMBERED_ROWS);
  /** The last position of each log that this environment knows; `''` for an empty log. */
  const counters = new Map<string, string>();

  async function lastOf(log: string): Promise<string> {
    const known = counters.get(log);
    if (known !== undefined) {
      return known;
    }
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

  /** A counter that nobody has moved is still known; after other failures none is. */
  function learnFrom(failure: TransactionFailure, chunks: readonly Chunk[]): void {
    chunks.forEach(({ log }, index) => {
      if (failure.type !== 'moved') {
        learn(log, undefined);
      } else if (failure.moved.has(index)) {
        learn(log, failure.moved.get(index));
      }
    });
  }

  async function place({ log, rows }: Chunk, time: number): Promise<Placed> {
    const last = await lastOf(log);
    let next = last;
    const placed = rows.map((reports) => {
      const row = logRow(reports, log, next, time);
      next = row.position;
      return row;
    });
    return { log, last, next, rows: placed };
  }

  async function write(chunks: readonly Chunk[]): Promise<void> {
    const time = now();
    const placed = await Promise.all(chunks.map((chunk) => place(chunk, time)));
    const TransactItems = [
      ...placed.map(({ log, last, next }) => moveCounter(table, log, last, next)),
      ...placed.flatMap(({ rows }) =>
        rows.map(({ attributes }) => ({ Put: { TableName: table, Item: attributes } })),
      ),
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    placed.forEach(({ log, next }) => learn(log, next));
  }

  async function appendChunks(chunks: readonly Chunk[], attempts: number): Promise<NotDone | null> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      try {
        await write(chunks);
        for (const { log, rows } of chunks) {
          rows.flat().forEach(({ change }) => appended.add(`${log} ${change.order}`));
        }
        return null;
      } catch (error) {
        const failure = failureOf(error, chunks.length);
        learnFrom(failure, chunks);
        if (failure.type === 'failed' || failure.type === 'refused') {
          return { type: failure.type, reason: `append: ${failure.reason}` };
        }
        await pause(pauseOf(attempt));
      }
    }
    return {
      type: 'busy',
      reason: `append: failed after ${attempts} attempts, because other writers change the same log`,
    };
  }

  const appendAlone = (log: string, reports: Report[]): Promise<NotDone | null> =>
    appendChunks([{ log, rows: rowsOf(reports) }], ATTEMPTS);

  /**
   * Finds the reports whose contents DynamoDB refuses by halving, and appends them with less content: one item must not hold up
   * the changes of others.
   */
  async function appendOrLess(log: string, reports: Report[]): Promise<NotDone | null> {
    const notDone = await appendAlone(log, reports);
    if (notDone?.type !== 'refused') {
      return notDone;
    }
    const [first, ...others] = reports;
    if (others.length > 0) {
      const half = reports.length >> 1;
      return (
        (await appendOrLess(log, reports.slice(0, half))) ?? (await appendOrLess(log, reports.slice(half)))
      );
    }
    for (const lesser of LESSER) {
      const without = await appendAlone(log, [lesser(first!)]);
      if (without?.type !== 'refused') {
        return without;
      }
    }
    return notDone;
  }

  /** Appends to several logs in one transaction. If it does not pass for a reason that may concern only one of them, appends to each alone. */
  async function appendTogether(chunks: readonly Chunk[], failures: Failures): Promise<void> {
    const notDone = chunks.length === 1 ? NOT_TRIED : await appendChunks(chunks, ATTEMPTS_TOGETHER);
    const results =
      notDone === null || notDone.type === 'failed'
        ? chunks.map(() => notDone)
        : await Promise.all(chunks.map(({ log, rows }) => appendOrLess(log, rows.flat())));
    chunks.forEach(({ log }, index) => {
      const result = results[index];
      if (result) {
        failures.set(log, result.reason);
      }
    });
  }

  return {
    async append(reports) {
      const isNew = (log: string, { change }: Report): boolean => !appended.has(`${log} ${change.order}`);
      const rounds = roundsOf(reports, isNew);
      // After a failure the rest of the log waits for the next invocation, to keep its changes in order.
      const failures: Failures = new Map();
      for (const round of rounds) {
        const due = round.filter(({ log }) => !failures.has(log));
        await Promise.all(togetherIn(due).map((chunks) => appendTogether(chunks, failures)));
      }
      return notAppended(rounds.flat(), isNew, failures);
    },
  };
}

/** Reasons why a log is not appended to, by log. */
type Failures = Map<string, string>;

/** What is not in its log after all rounds. */
function notAppended(
  chunks: readonly Chunk[],
  isNew: (log: string, report: Report) => boolean,
  failures: Failures,
): NotAppended {
  const found: NotAppended = new Map();
  for (const { log, rows } of chunks) {
    const reason = failures.get(log);
    if (reason !== undefined) {
      rows
        .flat()
        .filter((report) => isNew(log, report))
        .forEach(({ change }) => found.set(change.order, reason));
    }
  }
  return found;
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
