import { countTo } from '../../model/chunks.ts';
import { type Expression, joined } from '../../model/expression.ts';
import {
  attribute,
  clause,
  givenOperators,
  type MemberPlace,
  meets,
  newTerms,
  operandRefusal,
  type OperatorOn,
  type Terms,
} from '../../model/filter.ts';
import { isGiven } from '../../model/given.ts';
import { filterMembers, type FilterMember, MEMBERS } from '../../model/item.ts';
import { badRequest } from '../../model/refusals.ts';
import type {
  DateTimeRangeInput,
  ItemFilterInput,
  PayloadFilterInput,
} from '../../schema/generated/schema.ts';
import { payloadClauses } from './payload-clauses.ts';
import { raise } from './raise.ts';
import { storedBound } from './stored-time.ts';
import { checkTexts } from './text.ts';

/** Filters inside a filter, itself included: APPSYNC_JS has neither recursion nor a loop without a bound. */
const MAX_FILTERS = 100;
/** DynamoDB takes expressions of 4 KB; the listing's own part needs some of it (API reference, "Quotas", "Expression parameters"). */
const MAX_CHARACTERS = 3800;

/** What an index is read by, which DynamoDB lets no filter speak of. */
export type KeyTerms = {
  // part: validated-items
  /** The kind all items have. Default: they may have any. */
  kind?: string;
  // end: validated-items
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
  const terms = newTerms();
  const filters = [filter];
  // Each filter leaves a `{n}` for the filters inside it, which are at the end of the queue by then.
  let expression = textOf(filter, true, filters, terms, key);
  countTo(MAX_FILTERS).forEach((place) => {
    const found = filters[place];
    if (found && place > 0) {
      expression = expression.split(`{${place}}`).join(textOf(found, false, filters, terms, key));
    }
  });
  if (expression === '') {
    return null;
  }
  if (filters.length > MAX_FILTERS) {
    raise(
      badRequest(
        'filter_too_large',
        `filter has ${filters.length} filters in and, or, not; at most ${MAX_FILTERS} are allowed`,
        'filter',
      ),
    );
  }
  if (expression.length > MAX_CHARACTERS) {
    raise(
      badRequest(
        'filter_too_large',
        `filter makes an expression of ${expression.length} characters; at most ${MAX_CHARACTERS} are allowed`,
        'filter',
      ),
    );
  }
  return { expression, names: terms.names, values: terms.values };
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
    ...filterMembers().flatMap((name) => memberClauses(name, filter, top, terms, key)),
    ...group(filter.and, 'and', ' AND ', filters),
    ...group(filter.or, 'or', ' OR ', filters),
  ];
  if (filter.not) {
    clauses.push(`NOT ${placeOf(filter.not, filters)}`);
  }
  if (clauses.length === 0 && !top) {
    raise(
      badRequest(
        'filter_empty',
        'a filter inside and, or, not is empty; give it a condition or leave it out',
        'filter',
      ),
    );
  }
  return joined(clauses, ' AND ');
}

/** What a filter asks of one member. */
function memberClauses(
  name: FilterMember,
  filter: ItemFilterInput,
  top: boolean,
  terms: Terms,
  key: KeyTerms,
): string[] {
  const asked = filter[name];
  if (!isGiven(asked)) {
    return [];
  }
  // part: validated-items
  if (name === 'kind' && isGiven(key.kind)) {
    return [knownClause(key.kind, asked, terms)];
  }
  // end: validated-items
  if (name === 'updatedAt' && key.byTime) {
    checkAtTop(top);
    return [];
  }
  return clausesAt(MEMBERS[name].filter, name, asked, terms);
}

/** @param asked the input of the schema for this place */
function clausesAt(place: MemberPlace, name: FilterMember, asked: object, terms: Terms): string[] {
  switch (place) {
    case 'payload':
      return (asked as PayloadFilterInput[]).flatMap((condition) => payloadClauses(condition, terms));
    case 'time':
      return operatorClauses(name, storedTimes(asked as DateTimeRangeInput), terms);
    case 'text':
    case 'texts':
    case 'int':
    case 'flag':
      return operatorClauses(name, asked, terms);
  }
}

/** An attribute that is no payload: null is as good as absent there. */
function operatorClauses(name: FilterMember, asked: object, terms: Terms): string[] {
  const operators = asked as Record<string, unknown>;
  return givenOperators(operators).map((operator) => {
    const field = `filter.${name}.${operator}`;
    const operand = operators[operator];
    checkTexts(operand, field);
    raise(operandRefusal(operator, operand, field));
    return clause(terms, attribute(terms, name), operator, operand);
  });
}

// part: validated-items
/** A kind that is known decides at once; every item has a version, so asking for it stands for true and false. */
function knownClause(kind: string, asked: object, terms: Terms): string {
  const operators = asked as Record<string, unknown>;
  const holds = givenOperators(operators).every((operator) => {
    checkTexts(operators[operator], `filter.kind.${operator}`);
    return meets(kind, operator as OperatorOn<'text'>, operators[operator]);
  });
  return clause(terms, attribute(terms, 'version'), 'exists', holds);
}
// end: validated-items

/** Ends the field for a bound on the key of an index that is inside `and`, `or`, `not`. */
function checkAtTop(top: boolean): void {
  if (!top) {
    raise(
      badRequest(
        'filter_time_misplaced',
        'updatedAt is inside and, or, not, but there DynamoDB cannot use the key of an index; put it at the top of the filter',
        'filter.updatedAt',
      ),
    );
  }
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
    raise(
      badRequest(
        'filter_empty',
        `${name} is an empty list; give it a filter or leave it out`,
        `filter.${name}`,
      ),
    );
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
function storedTimes(range: DateTimeRangeInput): Record<string, unknown> {
  const times: Record<string, unknown> = {};
  Object.entries(range).forEach(([operator, time]) => {
    times[operator] = storedBound(time as string | null, operator === 'ge' || operator === 'lt', 0);
  });
  return times;
}
