import { query } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return query({
    index: 'byStatus',
    query: { listId: { eq: ctx.args.listId }, status: { eq: 'DONE' } },
    limit: 25,
  });
}

export function response(ctx) {
  return ctx.result.items;
}
