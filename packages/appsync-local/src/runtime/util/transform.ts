import type { HelperTree } from '../helper.ts';
import { filterExpression } from './filter-expression.ts';
import { toElasticsearchQueryDSL } from './query-dsl.ts';
import { toSubscriptionFilter } from './subscription-filter.ts';

/** Both transforms return the same JSON text, or null for a filter that cannot be rendered. */
function expressionJson(filter: unknown): string | null {
  const rendered = filterExpression(filter);
  return rendered && JSON.stringify(rendered);
}

/** `util.transform`. */
export const transform: HelperTree = {
  toDynamoDBFilterExpression: expressionJson,
  toDynamoDBConditionExpression: expressionJson,
  toElasticsearchQueryDSL,
  toSubscriptionFilter,
};
