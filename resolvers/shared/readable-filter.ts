import { util } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { liveness } from '../../model/expiry.ts';
import { allOf, type Expression } from '../../model/expression.ts';
import { ownership } from '../../model/permissions.ts';
import type { TimeRange } from './time-range.ts';

export function unexpiredFilter(): Expression {
  return liveness(util.time.nowEpochSeconds());
}

/** What a caller without items of its own may list: all that has not expired, or of it what belongs to nobody. */
export function readableFilter(caller: Caller): Expression {
  const own = ownership(caller, 'list');
  return allOf([unexpiredFilter(), ...(own ? [own] : [])]);
}

/** The key condition of an index: one value of its partition key, written between two times. */
export function indexQuery(attribute: string, value: string, { from, to }: TimeRange): Expression {
  return {
    expression: '#key = :key AND #updatedAt BETWEEN :from AND :to',
    names: { '#key': attribute, '#updatedAt': 'updatedAt' },
    values: { ':key': value, ':from': from, ':to': to },
  };
}
