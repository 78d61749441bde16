import { util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return get({ key: { listId: ctx.args.todo.listId } });
}

export function response(ctx) {
  if (!ctx.result) util.error(`No list ${ctx.args.todo.listId}`, 'ListNotFound');
  return ctx.result;
}
