import { runtime, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import { hasMember, isGiven } from '../../model/given.ts';
import { isMergePatch } from '../../model/merge-patch.ts';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import {
  beginUpdate,
  payloadIsMap,
  setPayload,
  updateCondition,
  updateItemRequest,
} from '../shared/item-update.ts';
import { endFirstWrite, whereTo, type WriteStash } from '../shared/write.ts';

/** RFC 7396 over the payload's top-level members: each one is set or removed by its own path, in one write. */
export function request(ctx: Context<MutationUpdateItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'write') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const { input } = ctx.args;
  const payload: unknown = input.payload;
  const update = beginUpdate(input, stash);
  if (!isMergePatch(payload)) {
    if (hasMember(input, 'payload')) {
      setPayload(update, payload);
    }
    return updateItemRequest(stash.id, update, updateCondition(stash, []));
  }
  Object.keys(payload).forEach((name, n) => {
    update.names['#payload'] = 'payload';
    update.names[`#m${n}`] = name;
    if (isGiven(payload[name])) {
      update.set.push(`#payload.#m${n} = :m${n}`);
      update.values[`:m${n}`] = payload[name];
    } else {
      update.remove.push(`#payload.#m${n}`);
    }
  });
  return updateItemRequest(stash.id, update, updateCondition(stash, [payloadIsMap(true)]));
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  return endFirstWrite(ctx);
}
