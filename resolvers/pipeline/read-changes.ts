import { runtime, util, type Context } from '@aws-appsync/utils';
import { isGiven } from '../../model/given.ts';
import { lastKey, takeInChanges, type ChangesStash, type LogRow } from '../shared/change-page.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';

/**
 * Reads one log of changes, from where the caller has read it, and no further than the page goes, as far as that is known from the logs before it;
 * consistent, so that what has been written is there. As many rows as the page may have changes, because a row has one at least, and one
 * more: DynamoDB returns a position at the limit even when nothing is left.
 */
export function request(ctx: Context) {
  const stash = ctx.stash as ChangesStash;
  const { logs, next, limit } = stash;
  if (next >= logs.length) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  const { log, position } = logs[next];
  return {
    operation: 'Query',
    query: {
      expression: '#log = :log AND #position BETWEEN :after AND :last',
      expressionNames: { '#log': 'log', '#position': 'position' },
      // A 17th digit is after the position itself, and before the next one.
      expressionValues: util.dynamodb.toMapValues({
        ':log': log,
        ':after': `${position}0`,
        ':last': lastKey(stash),
      }),
    },
    limit: limit + 1,
    consistentRead: true,
  };
}

export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const { items, nextToken } = ctx.result;
  takeInChanges(ctx.stash as ChangesStash, items as LogRow[], isGiven(nextToken));
  return null;
}
