import { util } from '@aws-appsync/utils';
import type { Caller } from './caller.ts';
import type { Expression } from './page.ts';
import type { TimeRange } from './time-range.ts';

const NOT_EXPIRED = '(attribute_not_exists(#expiresAt) OR #expiresAt > :now)';

export function unexpiredFilter(): Expression {
  return {
    expression: NOT_EXPIRED,
    expressionNames: { '#expiresAt': 'expiresAt' },
    expressionValues: util.dynamodb.toMapValues({ ':now': util.time.nowEpochSeconds() }),
  };
}

/** What a caller without items of its own may list: all that has not expired, or of it what belongs to nobody. */
export function readableFilter(caller: Caller): Expression {
  const filter = unexpiredFilter();
  if (!caller.unrestricted) {
    filter.expression += ' AND attribute_not_exists(#owner)';
    filter.expressionNames['#owner'] = 'owner';
  }
  return filter;
}

/** The key condition of an index: one owner or kind, written between two times. */
export function indexQuery(attribute: 'owner' | 'kind', value: string, { from, to }: TimeRange): Expression {
  return {
    expression: '#key = :key AND #updatedAt BETWEEN :from AND :to',
    expressionNames: { '#key': attribute, '#updatedAt': 'updatedAt' },
    expressionValues: util.dynamodb.toMapValues({ ':key': value, ':from': from, ':to': to }),
  };
}

/** Text that tells callers of different rights apart. */
export function callerKey(caller: Caller): string {
  return caller.unrestricted ? 'all' : `owner:${caller.owner ?? ''}`;
}
