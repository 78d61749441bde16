import { isRecord } from '../../ground/record.ts';
import { list, map, members, own } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';

type Query = Record<string, unknown>;

const must = (queries: (Query | null)[]): Query | null =>
  queries.length === 0 ? null : { bool: { must: queries } };
const should = (queries: (Query | null)[]): Query | null =>
  queries.length === 0 ? null : { bool: { should: queries, minimum_should_match: 1 } };
const mustNot = (query: Query | null): Query | null => query && { bool: { must_not: query } };
const range = (field: string, bounds: Query): Query => ({ range: { [field]: bounds } });

/** A single query stands alone, several are joined with AND, and no query gives null. */
const joined = (queries: (Query | null)[]): Query | null =>
  queries.length === 1 ? queries[0]! : must(queries);

/**
 * Operators of @aws-appsync/utils 2.1.1, transform-utils.d.ts. The results of `eq`, `ne`, `range` and `wildcard` are documented there;
 * the others are inferred from amplify-cli's `elasticsearch-utils.ts`.
 */
const OPERATORS: Record<string, (field: string, value: unknown) => Query | null> = {
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
  multiMatch: (field, value) => ({ multi_match: { [field]: value } }),
  exists: (field, value) => (value === false ? mustNot({ exists: { field } }) : { exists: { field } }),
  wildcard: (field, value) => ({ wildcard: { [field]: value } }),
  regexp: (field, value) => ({ regexp: { [field]: value } }),
};

/**
 * `util.transform.toElasticsearchQueryDSL`: the query as a JSON string, all joined with AND. A single expression stands bare,
 * on every level (amplify-cli, `elasticsearch-helper.ts`, whose comments are those of AWS's own helper).
 */
export const toElasticsearchQueryDSL = (filter: unknown): string =>
  JSON.stringify(ofFilter(map(filter, 'util.transform.toElasticsearchQueryDSL')));

const ofFilter = (filter: unknown): Query | null =>
  joined(isRecord(filter) ? members(filter).map(ofMember) : []);

function ofMember([name, value]: [string, unknown]): Query | null {
  const junction = name.toLowerCase();
  if (junction === 'and' && Array.isArray(value)) {
    return must(value.map(ofFilter));
  }
  if (junction === 'or' && Array.isArray(value)) {
    return should(value.map(ofFilter));
  }
  if (junction === 'not') {
    return mustNot(ofFilter(value));
  }
  const operators = map(value, `util.transform.toElasticsearchQueryDSL: ${name}`);
  return joined(members(operators).map(([operator, given]) => ofOperator(name, operator, given)));
}

function ofOperator(field: string, operator: string, value: unknown): Query | null {
  const render = own(OPERATORS, operator);
  if (!render) {
    const known = Object.keys(OPERATORS).join(', ');
    throw new HelperFailure(`util.transform.toElasticsearchQueryDSL knows ${known}; not "${operator}"`);
  }
  return render(field, value);
}
