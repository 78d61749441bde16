import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { raiseDataSourceError } from './shared/data-source-error.ts';

export function request(): LambdaRequest {
  return { operation: 'Invoke', payload: { operation: 'itemKinds' } };
}

export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  return ctx.result.kinds;
}
