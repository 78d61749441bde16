import { runtime, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import { hasMember, isGiven } from '../shared/input.ts';
import { beginUpdate, updateItemRequest } from '../shared/item-update.ts';
import { isMergePatch } from '../shared/merge-patch.ts';
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
  if (isMergePatch(payload)) {
    update.payloadType = { clause: 'attribute_type(#payload, :map)' };
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
  } else if (hasMember(input, 'payload')) {
    update.names['#payload'] = 'payload';
    update.set.push('#payload = :payload');
    update.values[':payload'] = payload ?? null;
  }
  return updateItemRequest(update, stash);
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  return endFirstWrite(ctx);
}
