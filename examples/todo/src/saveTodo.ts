import { util, type Context } from '@aws-appsync/utils';
import { orFail, type Todo } from './todos';

type Args = { todo: { listId: string; title: string; dueOn?: string; labels?: string[] } };

export function request(ctx: Context<Args>) {
  const { listId, title, dueOn, labels } = ctx.args.todo;
  const item = { title, status: 'OPEN', dueOn, labels: labels ?? [], listName: ctx.prev.result.name };
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ listId, todoId: util.autoUlid() }),
    attributeValues: util.dynamodb.toMapValues(item),
  };
}

export const response = (ctx: Context<Args, object, undefined, undefined, Todo>) => orFail(ctx);
