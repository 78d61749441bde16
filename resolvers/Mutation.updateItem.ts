import { util, type Context } from '@aws-appsync/utils';
import type { MutationUpdateItemArgs } from '../schema/generated/schema.ts';
import { badRequest } from './shared/input.ts';
import { isMergePatch } from './shared/merge-patch.ts';
import { answerOf, beginWrite, type WriteStash } from './shared/write.ts';

/** DynamoDB takes 300 operators in one expression and 4 KB of its text; 150 members stay well within both. */
const MAX_MEMBERS = 150;

/** Pipeline: merge-item, and after a refusal read-item, replace-payload; both writes up to three times while a transaction is under way on the item. */
export function request(ctx: Context<MutationUpdateItemArgs>) {
  const { payload, expectedVersion } = ctx.args.input;
  const members = isMergePatch(payload) ? Object.keys(payload).length : 0;
  if (members > MAX_MEMBERS) {
    badRequest(`payload has ${members} members to merge; at most ${MAX_MEMBERS} are allowed`, 'payload');
  }
  if (expectedVersion === 0) {
    util.error(
      'expectedVersion is 0, which means create only; updateItem changes items that exist',
      'BadRequest',
      null,
      {
        field: 'expectedVersion',
      },
    );
  }
  return beginWrite(ctx);
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  return answerOf(ctx.stash as WriteStash);
}
