import { isRecord } from '../../ground/record.ts';
import { members } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';

interface Filter {
  fieldName: string;
  operator: string;
  value: unknown;
}

/** A group matches when all of its filters match. */
type Group = Filter[];

/** Alternatives match when one of their groups does; undefined sets no condition. */
type Alternatives = Group[] | undefined;

/**
 * `util.transform.toSubscriptionFilter` (recorded on AWS by localstack/appsync-utils, transform-subscription.test.js):
 * fields combine, several operators on one field and the members of `or` are alternatives, and alternatives multiply
 * the groups out. Null for anything but an object.
 */
export function toSubscriptionFilter(filter: unknown, ignoredFields?: unknown, rules?: unknown): unknown {
  if (!isRecord(filter)) {
    return null;
  }
  const ignored = new Set(Array.isArray(ignoredFields) ? (ignoredFields as unknown[]) : []);
  const groups = multiply(ofFilter(filter, ignored), isRecord(rules) ? ofRules(rules) : undefined);
  return { filterGroup: (groups ?? []).map((filters) => ({ filters })) };
}

function ofFilter(filter: unknown, ignored: Set<unknown>): Alternatives {
  if (!isRecord(filter)) {
    return undefined;
  }
  return members(filter)
    .filter(([name]) => !ignored.has(name))
    .map(([name, value]) => ofMember(name, value, ignored))
    .reduce(multiply, undefined);
}

function ofMember(name: string, value: unknown, ignored: Set<unknown>): Alternatives {
  if (name === 'and' && Array.isArray(value)) {
    return value.map((member) => ofFilter(member, ignored)).reduce(multiply, undefined);
  }
  if (name === 'or' && Array.isArray(value)) {
    return orNothing(value.flatMap((member) => ofFilter(member, ignored) ?? []));
  }
  return ofField(name, value);
}

const ofField = (fieldName: string, operators: unknown): Alternatives =>
  isRecord(operators)
    ? orNothing(members(operators).map(([operator, value]) => [{ fieldName, operator, value }]))
    : undefined;

const ofRules = (rules: Record<string, unknown>): Alternatives =>
  orNothing(members(rules).flatMap(([name, operators]) => ofField(name, operators) ?? []));

const orNothing = (groups: Group[]): Alternatives => (groups.length > 0 ? groups : undefined);

/** AppSync accepts ten groups; a few lists of alternatives multiply to far more. */
const MOST_GROUPS = 1000;

/** @throws HelperFailure for more groups than any subscription accepts */
function multiply(left: Alternatives, right: Alternatives): Alternatives {
  if (!left || !right) {
    return left ?? right;
  }
  if (left.length * right.length > MOST_GROUPS) {
    throw new HelperFailure(
      `util.transform.toSubscriptionFilter: the filter comes to more than ${MOST_GROUPS} groups`,
    );
  }
  return left.flatMap((group) => right.map((other) => [...group, ...other]));
}
