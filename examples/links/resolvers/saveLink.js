import { util } from '@aws-appsync/utils';

// A link that is there keeps its visits. The names have a #, for `url` is a reserved word.
export function request(ctx) {
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ code: ctx.prev.result.code }),
    update: {
      expression: 'SET #url = :url, #visits = if_not_exists(#visits, :none)',
      expressionNames: { '#url': 'url', '#visits': 'visits' },
      expressionValues: util.dynamodb.toMapValues({ ':url': ctx.args.url, ':none': 0 }),
    },
    condition: {
      expression: 'attribute_not_exists(#taken) OR #taken = :wanted',
      expressionNames: { '#taken': 'url' },
      expressionValues: util.dynamodb.toMapValues({ ':wanted': ctx.args.url }),
    },
  };
}

export function response(ctx) {
  if (ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException') {
    util.error(`The code ${ctx.prev.result.code} belongs to another URL`, 'CodeTaken');
  }
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
