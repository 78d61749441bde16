import { util, type Context } from '@aws-appsync/utils';
import { keyOf } from './todos';

export function request(ctx: Context<{ listId: string; todoId: string }>) {
  return {
    operation: 'UpdateItem',
    key: keyOf(ctx.args),
    update: {
      expression: 'SET #s = :done',
      expressionNames: { '#s': 'status' },
      expressionValues: util.dynamodb.toMapValues({ ':done': 'DONE' }),
    },
    condition: { expression: 'attribute_exists(todoId)' },
  };
}

export function response(ctx: Context<{ todoId: string }>) {
  if (ctx.error) {
    util.error(`No todo ${ctx.args.todoId}`, 'TodoNotFound', null, { cause: ctx.error.type });
  }
  return ctx.result;
}
