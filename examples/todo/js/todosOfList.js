import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const { status, limit = 10, nextToken } = ctx.args;
  return {
    operation: 'Query',
    query: {
      expression: 'listId = :list',
      expressionValues: util.dynamodb.toMapValues({ ':list': ctx.source.listId }),
    },
    filter: status && {
      expression: '#status = :status',
      expressionNames: { '#status': 'status' },
      expressionValues: util.dynamodb.toMapValues({ ':status': status }),
    },
    limit,
    nextToken,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const { items: todos, nextToken } = ctx.result;
  return { todos, nextToken };
}
