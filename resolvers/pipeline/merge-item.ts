import type { Context, DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import { beginUpdate, updateItemRequest } from '../shared/item-update.ts';
import { isMergePatch } from '../shared/merge-patch.ts';
import { firstWriteResult, type WriteStash } from '../shared/write.ts';

/** RFC 7396 over the payload's top-level members: each one is set or removed by its own path, in one write. */
export function request(ctx: Context<MutationUpdateItemArgs>): DynamoDBUpdateItemRequest {
  const { payload } = ctx.args.input;
  const update = beginUpdate(ctx.args.input, ctx.stash as WriteStash);
  if (isMergePatch(payload)) {
    update.payloadType = { clause: 'attribute_type(#payload, :map)' };
    Object.keys(payload).forEach((name, n) => {
      update.names['#payload'] = 'payload';
      update.names[`#m${n}`] = name;
      if (payload[name] === null) {
        update.remove.push(`#payload.#m${n}`);
      } else {
        update.set.push(`#payload.#m${n} = :m${n}`);
        update.values[`:m${n}`] = payload[name];
      }
    });
  } else if (payload !== undefined) {
    update.names['#payload'] = 'payload';
    update.set.push('#payload = :payload');
    update.values[':payload'] = payload;
  }
  return updateItemRequest(update, ctx.stash as WriteStash);
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  return firstWriteResult(ctx);
}
