import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Random } from '../../../packages/appsync-local/tests/harness/random.ts';
import { hostileJson } from './json-texts.ts';
import { hostileText } from './texts.ts';

const INTS = [0, 1, -1, 2, 100, 101, 2_147_483_647, 2_147_483_648, -2_147_483_649, 1.5, 1e300, 2 ** 53];

/** Around now, the ends of years, what looks like milliseconds, and past what a double counts. */
const TIMESTAMPS = [
  0,
  -1,
  1,
  1_700_000_000,
  4_102_444_800,
  253_402_300_799,
  253_402_300_800,
  -62_135_596_801,
  1_700_000_000_000,
  2 ** 53 - 1,
  2 ** 53,
  10_000_000_000_000_000,
  -(2 ** 53),
  31_556_889_864_403_199,
  1e21,
  1.5,
];

const TIMES = [
  '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456789Z', '9999-12-31T23:59:59-05:00', '0000-01-01T00:00:00Z',
  '-0001-01-01T00:00:00Z', '+999999999-12-31T23:59:59.999999999+18:00', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z',
  '2026-06-30T23:59:60Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00', '2026-01-01', '2026-01-01T00:00:00+19:00', 'now',
]; // oxfmt-ignore

/** Values of a shape that no scalar has. */
const SHAPES: unknown[] = [
  {},
  [],
  [[]],
  { a: 1 },
  ['a'],
  { __proto__: null, toString: 1 },
  true,
  null,
  '',
  1,
];

/** Levels of input objects; documents and variables that are deeper than any sense are made elsewhere. */
const DEEPEST = 8;

/** Nothing is wrong with these, wherever they stand. */
const FINE: Record<string, () => unknown> = {
  AWSJSON: () => '1',
  Int: () => 1,
  AWSTimestamp: () => 4_102_444_800,
  AWSDateTime: () => '2026-01-01T00:00:00Z',
  Boolean: () => true,
  String: () => 'text',
};

export interface VariablesOptions {
  random: Random;
  /** Values that are fine, by the name of their argument or input field, so that some of it gets further. */
  plausible: Record<string, () => unknown>;
}

/** How many of the values of a request are fine: with all of them hostile, hardly any request would get past the first check. */
const SHARES_FINE = [0.3, 0.7, 0.9, 0.97];

/** Makes values for arguments: each is fine, hostile, of the wrong shape, or left out. */
export function createHostileValues({ random, plausible }: VariablesOptions) {
  let shareFine = 0;
  const isOdd = (probability: number): boolean => random.chance(probability * (1 - shareFine));

  const leaf = (name: string, typeName: string): unknown => {
    const fine = plausible[name] ?? FINE[typeName];
    if (fine && random.chance(shareFine)) {
      return fine();
    }
    if (isOdd(0.08)) {
      return random.oneOf(SHAPES);
    }
    switch (typeName) {
      case 'AWSJSON':
        return hostileJson(random);
      case 'Int':
        return random.oneOf(INTS);
      case 'AWSTimestamp':
        return random.oneOf(TIMESTAMPS);
      case 'AWSDateTime':
        return random.oneOf(TIMES);
      case 'Boolean':
        return random.oneOf([true, false, 'true', 1, null]);
      default:
        return hostileText(random);
    }
  };

  const list = (name: string, of: GraphQLInputType, depth: number): unknown => {
    const length = depth < 3 && isOdd(0.1) ? random.oneOf([100, 101, 300]) : random.below(4);
    return Array.from({ length }, () => value(name, of, depth + 1));
  };

  const value = (name: string, type: GraphQLInputType, depth: number): unknown => {
    if (isNonNullType(type)) {
      return isOdd(0.05) ? null : value(name, type.ofType, depth);
    }
    if (isListType(type)) {
      return isOdd(0.1) ? leaf(name, '') : list(name, type.ofType, depth);
    }
    if (isInputObjectType(type)) {
      // Filters hold filters: `and: [{ not: { or: […] } }]`.
      const share = depth > DEEPEST ? 0 : 0.4;
      return members(Object.values(type.getFields()), depth, share);
    }
    if (isEnumType(type) && !isOdd(0.5)) {
      return random.oneOf(type.getValues()).name;
    }
    return leaf(name, getNamedType(type).name);
  };

  const members = (
    fields: readonly (GraphQLInputField | GraphQLArgument)[],
    depth: number,
    share: number,
  ): Record<string, unknown> => {
    const given = fields.filter(({ type }) => (isNonNullType(type) ? !isOdd(0.05) : random.chance(share)));
    const made = Object.fromEntries(given.map(({ name, type }) => [name, value(name, type, depth + 1)]));
    if (isOdd(0.02)) {
      made[hostileText(random)] = hostileText(random);
    }
    return made;
  };

  return {
    /** For all arguments of a field. */
    of(args: readonly GraphQLArgument[]): Record<string, unknown> {
      shareFine = random.oneOf(SHARES_FINE);
      return members(args, 0, 0.6);
    },
  };
}
