import { isRecord } from '../ground/record.ts';
import { OPERATORS, type FieldFilter, type Operator } from './subscription-filter.ts';

/** AppSync developer guide, "Extensions", argument filterJsonObject. */
const MAX_ATTRIBUTES = 5;
const MAX_COMBINATIONS = 10;
const MAX_PATH_LEVELS = 5;
const MAX_STRING_LENGTH = 256;

const isNumberOrString = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const isScalar = (value: unknown): boolean => isNumberOrString(value) || typeof value === 'boolean';
const isListOf =
  (isMember: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(isMember);
const isRange = (value: unknown): boolean =>
  isListOf(isNumberOrString)(value) && (value as unknown[]).length === 2;

const VALUE_CHECKS: Record<Operator, (value: unknown) => boolean> = {
  eq: isScalar,
  ne: isScalar,
  lt: isNumberOrString,
  le: isNumberOrString,
  gt: isNumberOrString,
  ge: isNumberOrString,
  contains: isScalar,
  notContains: isScalar,
  beginsWith: (value) => typeof value === 'string',
  in: isListOf(isNumberOrString),
  notIn: isListOf(isNumberOrString),
  between: isRange,
  containsAny: isListOf(isScalar),
};

const MAX_VALUES: Partial<Record<Operator, number>> = { in: 5, notIn: 5, containsAny: 20 };

/**
 * Returns AppSync's objection to a filter given to `extensions.setSubscriptionFilter` or `setSubscriptionInvalidationFilter`,
 * as a message for the refused `start`; null for a valid filter. Null and undefined mean no filter, and are valid.
 *
 * The messages on numbers of attributes, combinations and values, on repeated names and on invalid values were observed on AWS,
 * where their entries have `errorCode` 400 and no errorType (amplify-category-api issues 740 and 2547,
 * aws-amplify/amplify-flutter#6142); the others are ours.
 */
export function checkSubscriptionFilter(filter: unknown): string | null {
  if (filter === null || filter === undefined) {
    return null;
  }
  const groups = isRecord(filter) ? filter['filterGroup'] : undefined;
  if (!Array.isArray(groups) || !groups.every(isGroup)) {
    return `subscription filter must look like {filterGroup: [{filters: [{fieldName, operator, value}]}]}, got ${excerpt(filter)}.`;
  }
  const lists = groups.map(({ filters }) => filters);
  return first(lists, (list) => first(list, checkFieldFilter) ?? checkNames(list)) ?? checkTotals(lists);
}

const isGroup = (group: unknown): group is { filters: FieldFilter[] } =>
  isRecord(group) && Array.isArray(group['filters']) && group['filters'].every(isFieldFilter);

const isFieldFilter = (filter: unknown): boolean =>
  isRecord(filter) && typeof filter['fieldName'] === 'string' && typeof filter['operator'] === 'string';

function checkFieldFilter({ fieldName, operator, value }: FieldFilter): string | null {
  if (!Object.hasOwn(OPERATORS, operator)) {
    return `subscription filter has unknown operator \`${operator}\`; use one of ${Object.keys(OPERATORS).join(', ')}.`;
  }
  const levels = fieldName.split('.');
  if (levels.length > MAX_PATH_LEVELS || levels.includes('')) {
    return `subscription filter fieldName '${excerpt(fieldName)}' must have 1 to ${MAX_PATH_LEVELS} levels.`;
  }
  return checkValue(operator as Operator, value);
}

function checkValue(operator: Operator, value: unknown): string | null {
  if (!VALUE_CHECKS[operator](value)) {
    return `subscription filter has invalid filter value for operator \`${operator}\`.`;
  }
  const values = Array.isArray(value) ? value : [value];
  const maxValues = MAX_VALUES[operator] ?? Infinity;
  if (values.length > maxValues) {
    return `subscription exceeds maximum value limit ${maxValues} for operator \`${operator}\`.`;
  }
  return values.some((item) => typeof item === 'string' && item.length > MAX_STRING_LENGTH)
    ? `subscription filter has a value of more than ${MAX_STRING_LENGTH} characters for operator \`${operator}\`.`
    : null;
}

/** Alternatives for one field must be in separate groups. */
const checkNames = (filters: FieldFilter[]): string | null =>
  namesOf(filters).size < filters.length ? 'subscription filter uses same fieldName multiple time.' : null;

function checkTotals(lists: FieldFilter[][]): string | null {
  if (namesOf(lists.flat()).size > MAX_ATTRIBUTES) {
    return `Filters exceed maximum attributes limit ${MAX_ATTRIBUTES} for subscription.`;
  }
  const combinations = lists.reduce((sum, filters) => sum + combinationsOf(filters), 0);
  return combinations > MAX_COMBINATIONS
    ? `Filters combination exceed maximum limit ${MAX_COMBINATIONS} for subscription.`
    : null;
}

/** AppSync expands an `in` to one group for each of its values. */
const combinationsOf = (filters: FieldFilter[]): number =>
  filters.reduce(
    (product, { operator, value }) => (operator === 'in' ? product * (value as unknown[]).length : product),
    1,
  );

const namesOf = (filters: FieldFilter[]): Set<string> => new Set(filters.map(({ fieldName }) => fieldName));

function first<T>(items: T[], check: (item: T) => string | null): string | null {
  for (const item of items) {
    const problem = check(item);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
