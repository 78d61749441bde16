import { isRecord } from '../ground/record.ts';
import type { Context } from './access.ts';
import { wildcards } from './wildcards.ts';

/** Whether the conditions of a statement hold; null when that is unknown here. */
export type Holds = (context: Context) => boolean | null;

/**
 * Condition keys that have a value here, or are known to have none. A condition on any other key, and one with an operator that is not in
 * the table below, is unknown.
 */
const KNOWN_KEYS = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'dynamodb:enclosingoperation',
  'dynamodb:leadingkeys',
]);

type Test = (value: string, wanted: string) => boolean;

const equal: Test = (value, wanted) => value === wanted;
const equalInAnyCase: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const like: Test = (value, wanted) => wildcards(wanted)(value) === true;

interface Operator {
  test: Test;
  negated: boolean;
}

const OPERATORS: Record<string, Operator> = {
  stringequals: { test: equal, negated: false },
  stringnotequals: { test: equal, negated: true },
  stringequalsignorecase: { test: equalInAnyCase, negated: false },
  stringnotequalsignorecase: { test: equalInAnyCase, negated: true },
  stringlike: { test: like, negated: false },
  stringnotlike: { test: like, negated: true },
  arnequals: { test: like, negated: false },
  arnnotequals: { test: like, negated: true },
  arnlike: { test: like, negated: false },
  arnnotlike: { test: like, negated: true },
  bool: { test: equalInAnyCase, negated: false },
};

/** @returns undefined for a statement without conditions */
export function compileConditions(condition: unknown): Holds | undefined {
  if (condition === undefined || (isRecord(condition) && Object.keys(condition).length === 0)) {
    return undefined;
  }
  if (!isRecord(condition)) {
    return () => null;
  }
  const all = Object.entries(condition).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, wanted]) => compileOne(operator, key, wanted))
      : [() => null],
  );
  return (context) => allOf(all.map((holds) => holds(context)));
}

/** False as soon as one is; unknown when one is and none is false. */
const allOf = (each: (boolean | null)[]): boolean | null =>
  each.includes(false) ? false : each.includes(null) ? null : true;

/** IAM user guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys". */
function compileOne(operator: string, key: string, wanted: unknown): Holds {
  const [, quantifier = '', name = '', ifExists = ''] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  const texts = [wanted].flat().map((one) => (one === null ? null : String(one)));
  const values = key.toLowerCase();
  if (!KNOWN_KEYS.has(values) || texts.some((text) => text === null || text.includes('${'))) {
    return () => null;
  }
  if (name === 'null') {
    return (context) => texts.some((text) => text!.toLowerCase() === String(!context.has(values)));
  }
  const known = OPERATORS[name];
  if (!known) {
    return () => null;
  }
  const isMet = (value: string): boolean => texts.some((text) => known.test(value, text!)) !== known.negated;
  return (context) => {
    const given = context.get(values);
    if (given === null) {
      return null;
    }
    if (given === undefined) {
      // A negated operator holds for a key without a value, ForAllValues too ("Multivalued context keys").
      return ifExists !== '' || quantifier === 'forallvalues:' || (known.negated && quantifier === '');
    }
    return quantifier === 'foranyvalue:' ? given.some(isMet) : given.every(isMet);
  };
}
