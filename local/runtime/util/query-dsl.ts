import { HelperFailure } from '../interruption.ts';
import { isMap, list, map, members, own } from './arguments.ts';

type Query = Record<string, unknown>;

const must = (queries: Query[]): Query => ({ bool: { must: queries } });
const mustNot = (query: Query): Query => ({ bool: { must_not: query } });
const range = (field: string, bounds: Query): Query => ({ range: { [field]: bounds } });

/** Operators of @aws-appsync/utils 2.1.1, transform-utils.d.ts; `eq`, `ne`, `range` and `wildcard` have documented results. */
const OPERATORS: Record<string, (field: string, value: unknown) => Query> = {
  eq: (field, value) => ({ term: { [field]: value } }),
  ne: (field, value) => mustNot({ term: { [field]: value } }),
  gt: (field, value) => range(field, { gt: value }),
  gte: (field, value) => range(field, { gte: value }),
  lt: (field, value) => range(field, { lt: value }),
  lte: (field, value) => range(field, { lte: value }),
  range: (field, value) => {
    const [gte, lte] = list(value, 'util.transform.toElasticsearchQueryDSL: range');
    return range(field, { gte, lte });
  },
  match: (field, value) => ({ match: { [field]: value } }),
  matchPhrase: (field, value) => ({ match_phrase: { [field]: value } }),
  matchPhrasePrefix: (field, value) => ({ match_phrase_prefix: { [field]: value } }),
  multiMatch: (field, value) => ({ multi_match: { query: value, fields: [field] } }),
  exists: (field, value) => (value === false ? mustNot({ exists: { field } }) : { exists: { field } }),
  wildcard: (field, value) => ({ wildcard: { [field]: value } }),
  regexp: (field, value) => ({ regexp: { [field]: value } }),
};

/** `util.transform.toElasticsearchQueryDSL`: the query as a JSON string; everything is joined with AND. */
export const toElasticsearchQueryDSL = (filter: unknown): string =>
  JSON.stringify(ofFilter(map(filter, 'util.transform.toElasticsearchQueryDSL')));

const ofFilter = (filter: unknown): Query => must(isMap(filter) ? members(filter).map(ofMember) : []);

function ofMember([name, value]: [string, unknown]): Query {
  if (name === 'and' && Array.isArray(value)) return must(value.map(ofFilter));
  if (name === 'or' && Array.isArray(value)) return { bool: { should: value.map(ofFilter) } };
  if (name === 'not') return mustNot(ofFilter(value));
  const operators = map(value, `util.transform.toElasticsearchQueryDSL: ${name}`);
  return must(members(operators).map(([operator, given]) => ofOperator(name, operator, given)));
}

function ofOperator(field: string, operator: string, value: unknown): Query {
  const render = own(OPERATORS, operator);
  if (!render) {
    const known = Object.keys(OPERATORS).join(', ');
    throw new HelperFailure(`util.transform.toElasticsearchQueryDSL knows ${known}; not "${operator}"`);
  }
  return render(field, value);
}
