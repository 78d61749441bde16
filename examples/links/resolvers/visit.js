import { util } from '@aws-appsync/utils';
import { operations, update } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { code } = ctx.args;
  return update({
    key: { code },
    update: { visits: operations.increment(1) },
    condition: { code: { attributeExists: true } },
  });
}

export function response(ctx) {
  if (ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException') {
    util.error(`There is no link ${ctx.args.code}`, 'NotFound');
  }
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
