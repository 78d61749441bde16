import { util, type Context } from '@aws-appsync/utils';
import { callerOf, type Caller } from './caller.ts';
import {
  isBusy,
  isConditionFailure,
  raiseBusy,
  raiseDataSourceError,
  type Attempt,
} from './data-source-error.ts';
import { checkExpectedVersion, checkId, expiryRefusal, isGiven } from './input.ts';
import { conflict, directWriteRefusal } from './item-refusals.ts';
import { ownerRefusal } from './owner.ts';
import { raise, type Refusal } from './refusal.ts';
import { payloadRefusal } from './storable.ts';
import type { StoredItem } from './stored-item.ts';

/** Which step of a writing pipeline is next. Steps stand in it several times: those whose turn it is not return early. */
export type Phase =
  /** The first write, also once more after it met a transaction. */
  | 'write'
  /** Reading the item, because the condition of the first write failed. */
  | 'read'
  /** Saying why, in view of the item as it was read, or another write, also once more. */
  | 'explain'
  /** The rounds of a batch (batch.ts). */
  | 'batch'
  /** None: there is an answer. */
  | 'done';

/** What the steps of a writing pipeline share in `ctx.stash`. */
export type WriteStash = {
  id: string;
  caller: Caller;
  expectedVersion: number | null;
  phase: Phase;
  /** The item as it was read after a refusal. */
  current: StoredItem | null;
  /**
   * What the mutation answers: the item as it was written, or as it was before it was deleted. Here and not in `ctx.prev.result`, since a
   * step that is skipped can hand on no null: AppSync was seen to fail in `runtime.earlyReturn(null)` (docs/adr/0024).
   */
  answer: StoredItem | null;
};

type WriteArgs = {
  input: {
    id: string;
    payload?: unknown;
    expectedVersion?: number | null;
    expiresAt?: number | null;
    owner?: string | null;
  };
};

/** Checks what every write has in common and fills the stash of its pipeline. */
export function beginWrite(ctx: Context<WriteArgs>): Record<string, never> {
  const { id, payload, expectedVersion, expiresAt, owner } = ctx.args.input;
  const caller = callerOf(ctx.identity);
  checkId(id, 'id');
  checkExpectedVersion(expectedVersion);
  raise(ownerRefusal(owner, caller));
  raise(expiryRefusal(expiresAt));
  raise(payloadRefusal(payload));
  ctx.stash.id = id;
  ctx.stash.caller = caller;
  ctx.stash.expectedVersion = expectedVersion ?? null;
  ctx.stash.phase = 'write';
  ctx.stash.current = null;
  ctx.stash.answer = null;
  return {};
}

/** Where a step that has nothing to do leads: to the end once there is an answer. */
export function whereTo({ phase }: WriteStash): 'END' | 'NEXT' {
  return phase === 'done' ? 'END' : 'NEXT';
}

/** What a writing pipeline answers. Ends the field where each try met a transaction. */
export function answerOf({ phase, answer }: WriteStash): StoredItem | null {
  if (phase !== 'done') {
    raiseBusy();
  }
  return answer;
}

/** Keeps what the mutation answers. */
export function finish(stash: WriteStash, answer: StoredItem | null): null {
  stash.answer = answer;
  stash.phase = 'done';
  return null;
}

/**
 * The `response` of a pipeline's first write: keeps its result, or notes a refusal that the next steps explain. A write that met a
 * transaction has not been done, and is left to the next step, which is the same once more.
 */
export function endFirstWrite(ctx: Context, attempt?: Attempt): null {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, ctx.result as StoredItem | null);
  }
  if (isConditionFailure(ctx.error)) {
    stash.phase = 'read';
  } else if (!isBusy(ctx.error)) {
    raiseDataSourceError(ctx.error, attempt);
  }
  return null;
}

export type Condition = {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Record<string, unknown>;
};

/**
 * The condition every direct write carries: the item is no validated one, has not expired, is the caller's to write
 * and has the expected version. `newItemAllowed` says whether a missing item may pass.
 */
export function writeCondition(stash: WriteStash, newItemAllowed: boolean): Condition {
  const clauses = ['attribute_not_exists(#kind)', '(attribute_not_exists(#expiresAt) OR #expiresAt > :now)'];
  const expressionNames: Record<string, string> = { '#kind': 'kind', '#expiresAt': 'expiresAt' };
  const expressionValues: Record<string, unknown> = { ':now': util.time.nowEpochSeconds() };
  const { caller, expectedVersion } = stash;

  if (!newItemAllowed || expectedVersion === 0 || caller.owner) {
    expressionNames['#id'] = 'id';
  }
  if (expectedVersion === 0) {
    clauses.push('attribute_not_exists(#id)');
  } else if (isGiven(expectedVersion)) {
    clauses.push('#version = :expectedVersion');
    expressionNames['#version'] = 'version';
    expressionValues[':expectedVersion'] = expectedVersion;
  }
  if (!newItemAllowed) {
    clauses.push('attribute_exists(#id)');
  }
  if (!caller.unrestricted) {
    expressionNames['#owner'] = 'owner';
    if (caller.owner) {
      clauses.push('(attribute_not_exists(#id) OR #owner = :caller)');
      expressionValues[':caller'] = caller.owner;
    } else {
      clauses.push('attribute_not_exists(#owner)');
    }
  }
  return {
    expression: clauses.join(' AND '),
    expressionNames,
    expressionValues: util.dynamodb.toMapValues(expressionValues),
  };
}

/** Why the write is refused in view of the item as it was read; null when nothing speaks against it. */
export function writeRefusal({ id, caller, expectedVersion, current }: WriteStash): Refusal | null {
  return directWriteRefusal(id, caller, expectedVersion, current);
}

/** The reason, when there is any, or else that somebody was faster. */
export function explained(stash: WriteStash): Refusal {
  const { id, caller, expectedVersion, current } = stash;
  return writeRefusal(stash) || conflict(id, caller, expectedVersion, current);
}
