import { util, type Context } from '@aws-appsync/utils';

export interface Todo {
  listId: string;
  todoId: string;
  title: string;
  status: 'OPEN' | 'DONE';
  dueOn?: string;
  labels: string[];
}

export const keyOf = ({ listId, todoId }: { listId: string; todoId: string }) =>
  util.dynamodb.toMapValues({ listId, todoId });

export function orFail<T>(ctx: Context<object, object, undefined, undefined, T>): T {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
