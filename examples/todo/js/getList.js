import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const listId = ctx.args.listId ? ctx.args.listId : ctx.args.todo.listId;
  return get({ key: { listId } });
}

export function response(ctx) {
  return ctx.result;
}
