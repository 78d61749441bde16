import { util, type Context, type Identity } from '@aws-appsync/utils';
import { callerFor, type Caller } from '../../model/caller.ts';
import type { StoredItem } from '../../model/item.ts';
import { readableBy, type ReadableItem } from '../../model/permissions.ts';
import { refusal } from '../../model/refusals.ts';
import { raise } from './raise.ts';

type UserIdentity = { sub?: string; groups?: string[] | null };

/** The caller behind `ctx.identity`. Ends the field for one that the permissions do not name. */
export function callerOf(identity: Identity): Caller {
  const user = (identity ?? {}) as UserIdentity;
  const caller = callerFor(util.authType(), user.sub ?? null, user.groups ?? []);
  if (!caller) {
    raise(refusal('Unauthorized', 'caller_unknown', 'callers of this kind may not use items', null));
  }
  return caller as Caller;
}

/** The item when the caller may read it; null for a missing, an expired and somebody else's item alike. */
export function readableItem(ctx: Context, item: StoredItem | null | undefined): ReadableItem | null {
  return readableBy(callerOf(ctx.identity), item, util.time.nowEpochSeconds());
}
