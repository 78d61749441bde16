import { util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  const { how, value } = ctx.args;
  if (how === 'error') util.error('not today', 'NotToday', null, { until: 'tomorrow' });
  if (how === 'unauthorized') util.unauthorized();
  if (how === 'tell') {
    util.error('what the resolver saw', 'Told', null, {
      args: ctx.args,
      identity: ctx.identity,
      tenant: ctx.request.headers['x-tenant'],
      field: ctx.info.fieldName,
      type: ctx.info.parentTypeName,
      selected: ctx.info.selectionSetList,
    });
  }
  if (how === 'append') util.appendError('seen', 'Seen');
  return value;
}
