import type {
  DateTimeRangeInput,
  ItemFilterInput,
  StringFilterInput,
} from '../../schema/generated/schema.ts';
import { attribute, attributeClauses, exists, type Terms } from './filter-terms.ts';
import { badRequest, isGiven } from './input.ts';
import { joined } from './joined.ts';
import type { Expression } from './page.ts';
import { payloadClauses } from './payload-clauses.ts';
import { storedBound } from './stored-time.ts';
import { checkTexts } from './well-formed.ts';

/** Filters inside a filter, itself included: APPSYNC_JS has neither recursion nor a loop without a bound. */
const MAX_FILTERS = 100;
/** DynamoDB takes expressions of 4 KB; the listing's own part needs some of it (API reference, "Quotas", "Expression parameters"). */
const MAX_CHARACTERS = 3800;

/** What an index is read by, which DynamoDB lets no filter speak of. */
export type KeyTerms = {
  /** The kind all items have; null where they may have any. */
  kind: string | null;
  /** The items are in the order of `updatedAt`: bounds on it at the top of the filter are the key condition's. */
  byTime: boolean;
};

/**
 * `ItemFilterInput` as an expression; null when nothing of it is left to filter. Ends the field for one that DynamoDB
 * could not take.
 */
export function itemFilter(filter: ItemFilterInput | null | undefined, key: KeyTerms): Expression | null {
  if (!filter) {
    return null;
  }
  const terms: Terms = { names: {}, values: {}, aliases: {} };
  const filters = [filter];
  // Each filter leaves a `{n}` for the filters inside it, which are at the end of the queue by then.
  let expression = textOf(filter, true, filters, terms, key);
  places(MAX_FILTERS).forEach((place) => {
    const found = filters[place];
    if (found && place > 0) {
      expression = expression.split(`{${place}}`).join(textOf(found, false, filters, terms, key));
    }
  });
  if (expression === '') {
    return null;
  }
  if (filters.length > MAX_FILTERS) {
    badRequest(
      `filter has ${filters.length} filters in and, or, not; at most ${MAX_FILTERS} are allowed`,
      'filter',
    );
  }
  if (expression.length > MAX_CHARACTERS) {
    badRequest(
      `filter makes an expression of ${expression.length} characters; at most ${MAX_CHARACTERS} are allowed`,
      'filter',
    );
  }
  return {
    expression,
    expressionNames: terms.names,
    expressionValues: terms.values,
  };
}

/** 0 … count - 1, for counts that are multiples of ten. */
function places(count: number): number[] {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  return digits.flatMap((tens) => digits.map((units) => tens * 10 + units)).filter((place) => place < count);
}

/** Empty for a filter at the top that asks for nothing, as one whose optional variables were not given; inside others it is a mistake. */
function textOf(
  filter: ItemFilterInput,
  top: boolean,
  filters: ItemFilterInput[],
  terms: Terms,
  key: KeyTerms,
): string {
  const clauses = [
    ...kindClauses(filter.kind, terms, key),
    ...attributeClauses(terms, 'createdAt', storedTimes(filter.createdAt), 'filter.createdAt'),
    ...updatedAtClauses(filter, top, terms, key),
    ...attributeClauses(terms, 'version', filter.version ?? {}, 'filter.version'),
    ...(filter.payload ?? []).flatMap((condition) => payloadClauses(condition, terms)),
    ...group(filter.and, 'and', ' AND ', filters),
    ...group(filter.or, 'or', ' OR ', filters),
  ];
  if (filter.not) {
    clauses.push(`NOT ${placeOf(filter.not, filters)}`);
  }
  if (clauses.length === 0 && !top) {
    badRequest('a filter inside and, or, not is empty; give it a condition or leave it out', 'filter');
  }
  return joined(clauses, ' AND ');
}

/** A kind that is known decides at once; every item has a version, so asking for it stands for true and false. */
function kindClauses(kind: ItemFilterInput['kind'], terms: Terms, key: KeyTerms): string[] {
  if (!isGiven(kind)) {
    return [];
  }
  Object.entries(kind).forEach(([operator, operand]) => checkTexts(operand, `filter.kind.${operator}`));
  return isGiven(key.kind)
    ? [exists(attribute(terms, 'version'), kindMeets(key.kind, kind))]
    : attributeClauses(terms, 'kind', kind, 'filter.kind');
}

function kindMeets(known: string, { eq, ne, in: among, beginsWith, exists }: StringFilterInput): boolean {
  return (
    (!isGiven(eq) || known === eq) &&
    (!isGiven(ne) || known !== ne) &&
    (!isGiven(among) || among.indexOf(known) >= 0) &&
    (!isGiven(beginsWith) || known.startsWith(beginsWith)) &&
    (!isGiven(exists) || exists)
  );
}

function updatedAtClauses(
  { updatedAt }: ItemFilterInput,
  top: boolean,
  terms: Terms,
  key: KeyTerms,
): string[] {
  if (!isGiven(updatedAt)) {
    return [];
  }
  if (!key.byTime) {
    return attributeClauses(terms, 'updatedAt', storedTimes(updatedAt), 'filter.updatedAt');
  }
  if (!top) {
    badRequest(
      'updatedAt stands inside and, or, not, where DynamoDB cannot ask for the key of an index; put it at the top of the filter',
      'filter.updatedAt',
    );
  }
  return [];
}

function group(
  members: ItemFilterInput[] | null | undefined,
  name: string,
  joint: string,
  filters: ItemFilterInput[],
): string[] {
  if (!isGiven(members)) {
    return [];
  }
  if (members.length === 0) {
    badRequest(`${name} is an empty list; give it a filter or leave it out`, `filter.${name}`);
  }
  return [
    joined(
      members.map((member) => placeOf(member, filters)),
      joint,
    ),
  ];
}

function placeOf(filter: ItemFilterInput, filters: ItemFilterInput[]): string {
  filters.push(filter);
  return `{${filters.length - 1}}`;
}

/** The bounds in the form of stored times, which compare as text. */
function storedTimes(range: DateTimeRangeInput | null | undefined): Record<string, unknown> {
  const times: Record<string, unknown> = {};
  Object.entries(range ?? {}).forEach(([operator, time]) => {
    times[operator] = storedBound(time as string | null, operator === 'ge' || operator === 'lt', 0);
  });
  return times;
}
