import { util } from '@aws-appsync/utils';
import type { Caller } from './caller.ts';
import type { Expression } from './page.ts';

const NOT_EXPIRED = '(attribute_not_exists(#expiresAt) OR #expiresAt > :now)';

export function unexpiredFilter(): Expression {
  return {
    expression: NOT_EXPIRED,
    expressionNames: { '#expiresAt': 'expiresAt' },
    expressionValues: util.dynamodb.toMapValues({ ':now': util.time.nowEpochSeconds() }),
  };
}

/** Items that have not expired and that the caller may list: all, its own, or those of nobody. */
export function readableFilter(caller: Caller): Expression {
  const filter = unexpiredFilter();
  if (!caller.unrestricted) {
    filter.expressionNames['#owner'] = 'owner';
    if (caller.owner) {
      filter.expression += ' AND #owner = :caller';
      filter.expressionValues[':caller'] = util.dynamodb.toDynamoDB(caller.owner);
    } else {
      filter.expression += ' AND attribute_not_exists(#owner)';
    }
  }
  return filter;
}

/** Text that tells callers of different rights apart. */
export function callerKey(caller: Caller): string {
  return caller.unrestricted ? 'all' : `owner:${caller.owner ?? ''}`;
}
