import {
  type CancellationReason,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { MAX_ACTIONS } from '../../model/limits.ts';
import type { Row } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import { isContention, isThrottling } from '../pace.ts';
import { type Action, isConstrained, plan, unchanged } from './plan.ts';
import type { Tables } from './tables.ts';

/** The outcome of writing a row over the one that was read. */
export type Put =
  | { type: 'written'; unmarked: boolean }
  /** The row has changed since it was read. */
  | { type: 'overtaken' }
  | { type: 'refused'; why: string };

/** Between attempts other writers may change which claims are lost and which items exist. */
const ATTEMPTS = 50;

/** Writes a row with its claims and references, all or nothing, unless `existing` has changed. */
export async function putRow(
  tables: Tables,
  id: string,
  row: Row,
  existing: Row | undefined,
  now: number,
): Promise<Put> {
  if (!isConstrained(row) && !(existing && isConstrained(existing))) {
    return putAlone(tables, row, existing, now);
  }
  const absent = new Set<string>();
  const lost = new Set<string>();
  const since = Date.now();
  for (let round = 0; round < ATTEMPTS; round += 1) {
    const actions = plan({ id, row, existing, absent, lost, now }, tables);
    if (actions.length > MAX_ACTIONS) {
      return refused(tooMany(actions.length));
    }
    const failed = await transact(tables, actions);
    if (failed === null) {
      return { type: 'written', unmarked: absent.size > 0 };
    }
    const outcome = readFailed(failed, absent, lost);
    if (outcome === 'throttled') {
      await tables.pace.partlyThrottled(round, since);
    } else if (outcome !== 'again') {
      return outcome;
    }
  }
  return refused(`others wrote what it claims or refers to ${ATTEMPTS} times in a row; import it again`);
}

const refused = (why: string): Put => ({ type: 'refused', why });

const tooMany = (actions: number): string =>
  `it takes ${actions} actions in one transaction, DynamoDB's limit is ${MAX_ACTIONS}: delete the existing item first`;

async function putAlone(
  { client, items, pace }: Tables,
  row: Row,
  existing: Row | undefined,
  now: number,
): Promise<Put> {
  const input = { TableName: items, Item: row, ...unchanged(existing, now) };
  try {
    await pace.call(() => client.send(new PutItemCommand(input)));
    return { type: 'written', unmarked: false };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ConditionalCheckFailedException') {
      return { type: 'overtaken' };
    }
    if (name === 'ValidationException') {
      return refused(`DynamoDB refuses it: ${message}`);
    }
    throw error;
  }
}

interface Failed {
  action: Action;
  code: string;
  reason: CancellationReason;
}

/** Null after success. */
async function transact({ client, pace }: Tables, actions: readonly Action[]): Promise<Failed[] | null> {
  const TransactItems = actions.map(({ entry }) => entry);
  try {
    await pace.call(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
    return null;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationException') {
      return [{ action: actions[0]!, code: 'ValidationError', reason: { Message: message } }];
    }
    if (!(error instanceof TransactionCanceledException)) {
      throw error;
    }
    // In the order of the actions, `None` for those that would have succeeded (API, TransactWriteItems).
    return actions.flatMap((action, index) => {
      const reason = error.CancellationReasons?.[index];
      return reason?.Code && reason.Code !== 'None' ? [{ action, code: reason.Code, reason }] : [];
    });
  }
}

/** Records in `absent` and `lost` what the next attempt must leave out. */
function readFailed(
  failed: readonly Failed[],
  absent: Set<string>,
  lost: Set<string>,
): Put | 'again' | 'throttled' {
  if (failed.some(({ code }) => isThrottling(code) || isContention(code))) {
    return 'throttled';
  }
  const odd = failed.find(({ code }) => code !== 'ConditionalCheckFailed');
  if (odd) {
    return refused(`DynamoDB refuses it: ${odd.reason.Message ?? odd.code}`);
  }
  if (failed.some(({ action }) => action.does === 'put')) {
    return { type: 'overtaken' };
  }
  for (const { action } of failed) {
    if (action.does === 'mark') {
      absent.add(action.target);
    }
    if (action.does === 'release') {
      lost.add(action.claim);
    }
  }
  const taken = failed.flatMap(({ action, reason }) =>
    action.does === 'claim' ? [`${action.claim} is held by item ${shown(reason.Item?.['itemId']?.S)}`] : [],
  );
  return taken.length > 0 ? refused(`its unique value is taken: ${taken.join('; ')}`) : 'again';
}
