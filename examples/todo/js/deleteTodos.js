import { runtime, util } from '@aws-appsync/utils';

export function request(ctx) {
  const todos = ctx.prev.result;
  if (todos.length === 0) runtime.earlyReturn([]);
  return {
    operation: 'BatchDeleteItem',
    tables: {
      [ctx.env.TODOS]: todos.map(({ listId, todoId }) => util.dynamodb.toMapValues({ listId, todoId })),
    },
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.data[ctx.env.TODOS];
}
