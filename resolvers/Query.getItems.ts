import type { Context } from '@aws-appsync/utils';
import { MAX_IDS } from '../model/limits.ts';
import { badRequest, refusal, throttled } from '../model/refusals.ts';
import type { QueryGetItemsArgs } from '../schema/generated/schema.ts';
import { countFitting } from './shared/answer-size.ts';
import { checkId } from './shared/input.ts';
import type { ItemsStash } from './shared/items-by-id.ts';
import { raise } from './shared/raise.ts';

/** Pipeline: read-items, three times: the 40 MB of 100 items are three answers of DynamoDB. */
export function request(ctx: Context<QueryGetItemsArgs>) {
  const { ids } = ctx.args;
  if (ids.length > MAX_IDS) {
    raise(badRequest('too_many_ids', `ids has ${ids.length} entries; at most ${MAX_IDS} are allowed`, 'ids'));
  }
  const known: Record<string, boolean> = {};
  ctx.stash.readable = {};
  ctx.stash.tooLarge = false;
  ctx.stash.unread = ids.filter((id) => {
    checkId(id, 'ids');
    const isNew = known[`id ${id}`] !== true;
    known[`id ${id}`] = true;
    return isNew;
  });
  return {};
}

/** In the order of the ids, a repeated id repeated. */
export function response(ctx: Context<QueryGetItemsArgs>) {
  const { readable, unread } = ctx.stash as ItemsStash;
  const { ids } = ctx.args;
  const items = ids.map((id) => readable[`id ${id}`] ?? null);
  const fits = countFitting(items);
  if (fits < items.length) {
    raise(
      refusal(
        'BadRequest',
        'answer_too_large',
        `the items of these ${ids.length} ids are larger than the 5 MB that one answer holds; ask for the first ${fits}, then for the others`,
        { field: 'ids', fits },
      ),
    );
  }
  if (unread.length > 0) {
    raise(throttled());
  }
  return items;
}
