import { util, type Context } from '@aws-appsync/utils';
import { orFail, type Todo } from './todos';

export function request(ctx: Context<{ day: string }>) {
  return {
    operation: 'Scan',
    filter: JSON.parse(util.transform.toDynamoDBFilterExpression({ dueOn: { lt: ctx.args.day } })),
  };
}

export const response = (ctx: Context<{ day: string }, object, undefined, undefined, { items: Todo[] }>) =>
  orFail(ctx).items;
