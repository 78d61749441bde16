import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { id, text } = ctx.args;
  if (!text) {
    util.error('A note has a text', 'BadRequest');
  }
  return put({ key: { id }, item: { text, author: ctx.identity?.username } });
}

export const response = (ctx) => ctx.result;
