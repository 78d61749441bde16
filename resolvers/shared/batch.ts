import { util, type Context } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { isGiven } from '../../model/given.ts';
import type { StoredItem } from '../../model/item.ts';
import {
  type Attempt,
  busy,
  conflict,
  directWriteRefusal,
  refusal,
  type Refusal,
} from '../../model/refusals.ts';
import type { MutationPutItemArgs, PutItemInput } from '../../schema/generated/schema.ts';
import { stillRead } from './expression.ts';
import { raise } from './raise.ts';
import { requestToken, type RequestToken } from './request-token.ts';
import type { WriteStash } from './write.ts';

/** `ctx.stash.batch`: items that are written in one transaction, by rounds of reading and writing. */
export type Batch = {
  items: PutItemInput[];
  caller: Caller;
  token: RequestToken | null;
  /** A single put with a token: its errors are those of `putItem`. */
  single: boolean;
  /** Ids that are still to be read in this round. */
  unread: string[];
  /** What was read, by `id …`; the prefix keeps ids such as `__proto__` from meaning something to JavaScript. */
  current: Record<string, StoredItem | null>;
  /** What this round writes. */
  planned: StoredItem[];
  /** The last round met other transactions, and nothing that had changed. */
  busy: boolean;
  /** The answer, once there is one. */
  written: StoredItem[] | null;
};

export function beginBatch(
  ctx: Context,
  caller: Caller,
  items: PutItemInput[],
  clientRequestToken: string | null | undefined,
  single: boolean,
): void {
  const batch: Batch = {
    items,
    caller,
    token: requestToken(clientRequestToken, ctx.info.fieldName, caller, items),
    single,
    unread: items.map(({ id }) => id),
    current: {},
    planned: [],
    busy: false,
    written: null,
  };
  ctx.stash.batch = batch;
}

/** Leaves a put to the rounds of a batch of one. */
export function putAsBatch(ctx: Context<MutationPutItemArgs>): null {
  const { input } = ctx.args;
  const stash = ctx.stash as WriteStash;
  stash.phase = 'batch';
  beginBatch(ctx, stash.caller, [input], input.clientRequestToken, true);
  return null;
}

/** Ends the field of a batch that was not written in the last round: each item was in the way of another writer. */
export function raiseOvertaken(batch: Batch): void {
  if (batch.busy) {
    raise(busy());
  }
  raiseBatch(
    batch,
    batch.items.map((item) => conflict(attemptOf(batch, item))),
  );
}

/** The row there was when the round read it. */
export function readRow(batch: Batch, id: string): StoredItem | null {
  return batch.current[`id ${id}`] ?? null;
}

function attemptOf(batch: Batch, { id, expectedVersion }: PutItemInput): Attempt {
  return {
    id,
    caller: batch.caller,
    expectedVersion: expectedVersion ?? null,
    current: readRow(batch, id),
    now: util.time.nowEpochSeconds(),
  };
}

/** Why an item may not be written over what was read; null when it may. */
export function batchItemRefusal(batch: Batch, item: PutItemInput): Refusal | null {
  return directWriteRefusal(attemptOf(batch, item));
}

/** The action that writes an item, on the condition that the row is still what was read. */
export function putAction(batch: Batch, table: string, item: StoredItem) {
  const { id, ...attributes } = item;
  return {
    table,
    operation: 'PutItem' as const,
    key: util.dynamodb.toMapValues({ id }),
    attributeValues: util.dynamodb.toMapValues(attributes),
    condition: stillRead(readRow(batch, id), false),
  };
}

/** Ends the field when any item is refused: the reasons by item, of which none was written. */
export function raiseBatch(batch: Batch, refusals: (Refusal | null)[]): void {
  const refused = batch.items
    .map(({ id }, index) => ({ index, id, found: refusals[index] ?? null }))
    .filter(({ found }) => isGiven(found));
  if (refused.length === 0) {
    return;
  }
  const first = (refused[0] as { found: Refusal }).found;
  if (batch.single) {
    raise(first);
  }
  const inTheWay = refused.map(({ found }) => found?.data ?? null).filter((item) => isGiven(item));
  const of = `${refused.length} of ${batch.items.length} items`;
  raise(
    refusal(
      first.type,
      first.info.code,
      `${of} cannot be written, so none was: ${first.message}`,
      {
        retryable: refused.every(({ found }) => found?.info.retryable),
        items: refused.map(({ index, id, found }) => ({
          index,
          id,
          errorType: found?.type,
          message: found?.message,
          ...found?.info,
        })),
      },
      inTheWay.length > 0 ? { items: inTheWay } : null,
    ),
  );
}
