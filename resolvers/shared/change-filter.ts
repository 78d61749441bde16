import type { ItemChangeFilterInput } from '../../schema/generated/schema.ts';
import { badRequest, isGiven } from './input.ts';
import { checkTexts } from './well-formed.ts';

/** One condition of `extensions.setSubscriptionFilter`. */
export type SubscriptionFilter = { fieldName: string; operator: string; value: unknown };

/*
 * AppSync's limits on a filter (developer guide, "Extensions", argument filterJsonObject). A field stands in one condition only: AppSync
 * answers "subscription filter uses same fieldName multiple time" (aws-amplify/amplify-category-api#740).
 */
const MAX_VALUES = 5;
const MAX_COMBINATIONS = 10;
const MAX_CHARACTERS = 256;

/** The conditions of a subscriber's filter, all of which must hold. Ends the field for what AppSync would not take. */
export function changeFilters(filter: ItemChangeFilterInput | null | undefined): SubscriptionFilter[] {
  const filters = [
    ...conditionOn('type', filter?.type),
    ...conditionOn('id', filter?.id),
    ...conditionOn('kind', filter?.kind),
  ];
  const combinations = filters.reduce((product, { value }) => product * countOf(value), 1);
  if (combinations > MAX_COMBINATIONS) {
    badRequest(
      `the values of in multiply to ${combinations} combinations in filter; at most ${MAX_COMBINATIONS} are allowed`,
      'filter',
    );
  }
  return filters;
}

/**
 * An operator that is null says nothing: AppSync hands a variable that was not given over as null
 * (aws/aws-appsync-community#348).
 */
function conditionOn(fieldName: string, operators: object | null | undefined): SubscriptionFilter[] {
  const given = Object.entries(operators ?? {}).filter(([, value]) => isGiven(value));
  if (given.length > 1) {
    badRequest(
      `filter.${fieldName} has ${given.map(([operator]) => operator).join(' and ')}; give one of them`,
      'filter',
    );
  }
  return given.map(([operator, value]) => condition(fieldName, operator, value));
}

function condition(fieldName: string, operator: string, value: unknown): SubscriptionFilter {
  checkTexts(value, `filter.${fieldName}.${operator}`);
  const count = countOf(value);
  if (count < 1 || count > MAX_VALUES) {
    badRequest(
      `filter.${fieldName}.${operator} has ${count} values; it must have 1 to ${MAX_VALUES}`,
      'filter',
    );
  }
  const texts = (Array.isArray(value) ? value : [value]) as string[];
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  if (longest > MAX_CHARACTERS) {
    badRequest(
      `filter.${fieldName}.${operator} has a value of ${longest} characters; at most ${MAX_CHARACTERS} are allowed`,
      'filter',
    );
  }
  return { fieldName, operator, value };
}

function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}
