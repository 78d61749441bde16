import { runtime, util, type Context } from '@aws-appsync/utils';
import { isLive } from '../../model/expiry.ts';
import type { StoredItem } from '../../model/item.ts';
import { conflict, writeRefusal } from '../../model/refusals.ts';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { raise } from '../shared/raise.ts';
import { attemptOf, finish, whereTo, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused delete, without a request. An item with constraints goes on to the next step. */
export function request(ctx: Context<MutationDeleteItemArgs>): object {
  const stash = ctx.stash as WriteStash;
  if (stash.phase === 'explain') {
    explain(stash);
  }
  runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  return {};
}

function explain(stash: WriteStash): null {
  const item = stash.current;
  if (!isLive(item, util.time.nowEpochSeconds())) {
    return finish(stash, null);
  }
  raise(writeRefusal(attemptOf(stash)));
  // part: validated-items
  const { kind, referenced } = item as StoredItem;
  if (kind || referenced) {
    return null;
  }
  // end: validated-items
  raise(conflict(attemptOf(stash)));
  return null;
}

export function response(ctx: Context<MutationDeleteItemArgs>): unknown {
  return ctx.result;
}
