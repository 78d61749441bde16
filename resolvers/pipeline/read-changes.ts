import { runtime, util, type Context } from '@aws-appsync/utils';
import { isGiven } from '../../model/given.ts';
import { takeInChanges, type ChangesStash, type LoggedChange } from '../shared/change-page.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';

/** Reads one log of changes, from where the caller has read it; consistent, so that what has been written is there. */
export function request(ctx: Context) {
  const { logs, next, limit } = ctx.stash as ChangesStash;
  if (next >= logs.length) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  const { log, position } = logs[next];
  return {
    operation: 'Query',
    query: {
      expression: '#log = :log AND #position > :position',
      expressionNames: { '#log': 'log', '#position': 'position' },
      expressionValues: util.dynamodb.toMapValues({ ':log': log, ':position': position }),
    },
    limit,
    consistentRead: true,
  };
}

export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const { items, nextToken } = ctx.result;
  takeInChanges(ctx.stash as ChangesStash, items as LoggedChange[], isGiven(nextToken));
  return null;
}
