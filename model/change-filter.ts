import type { Caller } from './caller.ts';
import { countRefusal, givenOperators, type OperatorOn } from './filter.ts';
import { isGiven } from './given.ts';
import { whose } from './permissions.ts';
import { badRequest, type Refusal } from './refusals.ts';

/** One condition of `extensions.setSubscriptionFilter`. */
export type SubscriptionFilter = { fieldName: string; operator: OperatorOn<'change'>; value: unknown };

/*
 * AppSync's limits on a filter (developer guide, "Extensions", argument filterJsonObject). A field stands in one condition only: AppSync
 * answers "subscription filter uses same fieldName multiple time" (aws-amplify/amplify-category-api#740).
 */
const MAX_VALUES = 5;
const MAX_COMBINATIONS = 10;
const MAX_CHARACTERS = 256;

/** Members of a change that a subscriber's filter can ask for. */
export type ChangeFilterMember =
  | 'type'
  | 'kind' // part: validated-items
  | 'id';
export const CHANGE_FILTERS: ChangeFilterMember[] = [
  'type',
  'id',
  'kind', // part: validated-items
];

/** `ItemChangeFilterInput`. */
export type ChangeFilter = { [Name in ChangeFilterMember]?: Record<string, unknown> | null };

/**
 * A subscriber hears of the items it may list: a Cognito user of its own, an API key of nobody's, IAM and admins of all. The owner of a change
 * is empty where there is none, because no operator asks for a missing field.
 */
export function ownerFilters(caller: Caller): SubscriptionFilter[] {
  const { everybodys, owner } = whose(caller, 'list');
  return everybodys ? [] : [{ fieldName: 'owner', operator: 'eq', value: owner ?? '' }];
}

/** The conditions of a subscriber's filter, all of which must hold. */
export function changeFilters(filter: ChangeFilter): SubscriptionFilter[] {
  return CHANGE_FILTERS.flatMap((fieldName) => {
    const operators = filter[fieldName] ?? {};
    return givenOperators(operators).map((operator) => ({
      fieldName,
      operator: operator as OperatorOn<'change'>,
      value: operators[operator],
    }));
  });
}

/** Why AppSync would not take the conditions of a filter; null when it would. */
export function changeFilterRefusal(filters: SubscriptionFilter[]): Refusal | null {
  const [refused] = [
    ...CHANGE_FILTERS.map((name) => repeatedRefusal(name, filters)),
    ...filters.map((filter) => conditionRefusal(filter)),
  ].filter((found) => isGiven(found));
  if (refused) {
    return refused;
  }
  const combinations = filters.reduce((product, { value }) => product * valuesOf(value).length, 1);
  return combinations > MAX_COMBINATIONS
    ? badRequest(
        'filter_combinations_out_of_range',
        `the values of in multiply to ${combinations} combinations in filter; at most ${MAX_COMBINATIONS} are allowed`,
        'filter',
      )
    : null;
}

function repeatedRefusal(name: string, filters: SubscriptionFilter[]): Refusal | null {
  const own = filters.filter(({ fieldName }) => fieldName === name);
  return own.length > 1
    ? badRequest(
        'filter_operator_repeated',
        `filter.${name} has ${own.map(({ operator }) => operator).join(' and ')}; give one of them`,
        'filter',
      )
    : null;
}

function conditionRefusal({ fieldName, operator, value }: SubscriptionFilter): Refusal | null {
  const texts = valuesOf(value);
  const place = `filter.${fieldName}.${operator}`;
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return (
    countRefusal(texts.length, MAX_VALUES, place, 'filter') ||
    (longest > MAX_CHARACTERS
      ? badRequest(
          'filter_value_too_long',
          `${place} has a value of ${longest} characters; at most ${MAX_CHARACTERS} are allowed`,
          'filter',
        )
      : null)
  );
}

function valuesOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]) as string[];
}
