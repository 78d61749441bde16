import { util, type Context } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context<{ name: string }>) {
  const listId = util.autoId();
  return put<{ listId: string; name: string; createdAt: number }>({
    key: { listId },
    item: { name: ctx.args.name, createdAt: util.time.nowEpochSeconds() },
    condition: { listId: { attributeExists: false } },
  });
}

export const response = (ctx: Context) => ctx.result;
