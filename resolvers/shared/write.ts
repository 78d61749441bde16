import { util, type Context } from '@aws-appsync/utils';
import { callerOf, type Caller } from './caller.ts';
import { isConditionFailure, raiseDataSourceError } from './data-source-error.ts';
import { checkExpectedVersion, checkId } from './input.ts';
import { isLive, mayWrite, type StoredItem } from './stored-item.ts';

/** What the steps of a writing pipeline share in `ctx.stash`. */
export type WriteStash = {
  id: string;
  caller: Caller;
  expectedVersion: number | null;
  /** The condition of the first step failed; the next ones find out why. */
  refused: boolean;
  /** The item as it was read after a refusal. */
  current: StoredItem | null;
};

type WriteArgs = { input: { id: string; expectedVersion?: number | null } };

/** Checks what every write has in common and fills the stash of its pipeline. */
export function beginWrite(ctx: Context<WriteArgs>): Record<string, never> {
  const { id, expectedVersion } = ctx.args.input;
  checkId(id);
  checkExpectedVersion(expectedVersion);
  ctx.stash.id = id;
  ctx.stash.caller = callerOf(ctx.identity);
  ctx.stash.expectedVersion = expectedVersion ?? null;
  ctx.stash.refused = false;
  ctx.stash.current = null;
  return {};
}

/** The `response` of a pipeline's first write: its result, or null after a refusal that the next steps explain. */
export function firstWriteResult(ctx: Context): unknown {
  if (!ctx.error) {
    return ctx.result;
  }
  if (!isConditionFailure(ctx.error)) {
    raiseDataSourceError(ctx.error);
  }
  ctx.stash.refused = true;
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
  } else if (expectedVersion !== null) {
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

/** Ends the field when the caller may not write this item; says nothing more of an item that is somebody else's. */
export function refuseForeign(stash: WriteStash): void {
  const { caller, current } = stash;
  if (current && isLive(current) && !mayWrite(caller, current)) {
    util.error(`not allowed to write item ${stash.id}`, 'Unauthorized');
  }
}

/** Ends the field with `Conflict` when the current version is not the expected one. */
export function refuseConflict(stash: WriteStash): void {
  const currentVersion = liveVersion(stash.current);
  if (stash.expectedVersion !== null && stash.expectedVersion !== currentVersion) {
    raiseConflict(stash);
  }
}

/** `data` is the current item; `currentVersion` 0 says that there is none. */
export function raiseConflict(stash: WriteStash): void {
  const { expectedVersion, current } = stash;
  const currentVersion = liveVersion(current);
  const found = currentVersion === 0 ? 'there is no such item' : `it is at version ${currentVersion}`;
  const message =
    expectedVersion === null
      ? `item ${stash.id} was changed by another writer; try again`
      : `item ${stash.id} was expected at version ${expectedVersion}, but ${found}`;
  util.error(message, 'Conflict', currentVersion === 0 ? null : current, { expectedVersion, currentVersion });
}

function liveVersion(current: StoredItem | null): number {
  return current && isLive(current) ? current.version : 0;
}

/** Ends the field: a validated item is written through its rules only. */
export function refuseValidated(stash: WriteStash): void {
  const { current } = stash;
  if (current && isLive(current) && current.kind) {
    util.error(
      `item ${stash.id} is a validated item of kind ${current.kind}; write it with putValidatedItem`,
      'BadRequest',
      null,
      { field: 'id' },
    );
  }
}
