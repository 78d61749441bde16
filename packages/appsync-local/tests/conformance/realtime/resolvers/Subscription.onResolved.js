import { util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  const { how, value } = ctx.args;
  if (how === 'error') util.error('not today', 'NotToday', null, { until: 'tomorrow' });
  if (how === 'denied') util.error('Access denied');
  if (how === 'unauthorized') util.unauthorized();
  if (how === 'tell') {
    // A refused subscriber learns the message and nothing else of an error.
    const seen = {
      args: ctx.args,
      identity: ctx.identity,
      tenant: ctx.request.headers['x-tenant'],
      field: ctx.info.fieldName,
      type: ctx.info.parentTypeName,
      selected: ctx.info.selectionSetList,
    };
    util.error(JSON.stringify(seen), 'Told');
  }
  if (how === 'append') util.appendError('seen', 'Seen');
  return value;
}
