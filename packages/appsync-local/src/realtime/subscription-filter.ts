import { isRecord } from '../ground/record.ts';

/** Whether an event (or an invalidation's payload) matches a subscription. */
export type EventMatcher = (event: unknown) => boolean;

/** The argument of `extensions.setSubscriptionFilter`, after `checkSubscriptionFilter` has accepted it. */
export interface SubscriptionFilter {
  filterGroup: { filters: FieldFilter[] }[];
}

export interface FieldFilter {
  /** Dots lead into nested objects. */
  fieldName: string;
  operator: string;
  value: unknown;
}

/** A condition that holds only if an event has one of these values in this place. */
export interface Equality {
  path: string[];
  values: unknown[];
}

type Scalar = string | number | boolean;
type Predicate = (actual: unknown) => boolean;

/**
 * Compiles an enhanced filter: groups are alternatives, the filters in a group must all hold (developer guide, "Defining
 * enhanced subscriptions filters"). Null without conditions: no filter, or no group.
 *
 * @param filter one that `checkSubscriptionFilter` accepts.
 */
export function compileSubscriptionFilter(filter: unknown): EventMatcher | null {
  const groups = ((filter as SubscriptionFilter | null | undefined)?.filterGroup ?? []).map(({ filters }) =>
    filters.map(compileFieldFilter),
  );
  if (groups.length === 0) {
    return null;
  }
  // Filters do not apply to a payload that is a list: it is delivered unfiltered (docs: extensions).
  return (event) => Array.isArray(event) || groups.some((group) => group.every((holds) => holds(event)));
}

/** The equalities that `compileSubscriptionFilter` requires for the same filter, by group. */
export const filterEqualities = (filter: unknown): Equality[][] =>
  ((filter as SubscriptionFilter | null | undefined)?.filterGroup ?? []).map(({ filters }) =>
    filters
      .filter(({ operator }) => operator === 'eq' || operator === 'in')
      .map(({ fieldName, operator, value }) => ({
        path: fieldName.split('.'),
        values: operator === 'in' ? (value as unknown[]) : [value],
      })),
  );

function compileFieldFilter({ fieldName, operator, value }: FieldFilter): EventMatcher {
  const path = fieldName.split('.');
  const holds = OPERATORS[operator as Operator](value as never);
  return (event) => holds(valueAt(event, path));
}

/** Null when the path leads nowhere: a field that the mutation did not select equals one that is null. */
export function valueAt(event: unknown, path: string[]): unknown {
  let value = event;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) {
      return null;
    }
    value = value[name];
  }
  return value ?? null;
}

/** Compares only values of one type; strings by their UTF-16 units, as in Java. */
const comparison =
  (holds: (actual: Scalar, expected: Scalar) => boolean) =>
  (expected: Scalar): Predicate =>
  (actual) =>
    typeof actual === typeof expected && holds(actual as Scalar, expected);

const lessOrEqual = comparison((actual, expected) => actual <= expected);
const greaterOrEqual = comparison((actual, expected) => actual >= expected);

const contains =
  (expected: Scalar): Predicate =>
  (actual) => {
    if (typeof actual === 'string') {
      return typeof expected === 'string' && actual.includes(expected);
    }
    return Array.isArray(actual) && actual.includes(expected);
  };

const isIn =
  (expected: Scalar[]): Predicate =>
  (actual) =>
    expected.includes(actual as Scalar);

const not =
  <T>(operator: (expected: T) => Predicate) =>
  (expected: T): Predicate => {
    const holds = operator(expected);
    return (actual) => !holds(actual);
  };

const equals =
  (expected: Scalar): Predicate =>
  (actual) =>
    actual === expected;

/** No operator converts between types, and every negative one holds for an absent field. */
export const OPERATORS = {
  eq: equals,
  ne: not(equals),
  lt: comparison((actual, expected) => actual < expected),
  le: lessOrEqual,
  gt: comparison((actual, expected) => actual > expected),
  ge: greaterOrEqual,
  contains,
  notContains: not(contains),
  beginsWith:
    (expected: string): Predicate =>
    (actual) =>
      typeof actual === 'string' && actual.startsWith(expected),
  in: isIn,
  notIn: not(isIn),
  between: ([low, high]: [Scalar, Scalar]): Predicate => {
    const [atLeast, atMost] = [greaterOrEqual(low), lessOrEqual(high)];
    return (actual) => atLeast(actual) && atMost(actual);
  },
  containsAny:
    (expected: Scalar[]): Predicate =>
    (actual) =>
      Array.isArray(actual) && expected.some((member) => actual.includes(member)),
} as const;

export type Operator = keyof typeof OPERATORS;
