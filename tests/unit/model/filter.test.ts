import { describe, expect, it } from 'vitest';
import {
  askedOperators,
  clause,
  givenOperators,
  isNegative,
  meets,
  newTerms,
  type Operator,
  operandRefusal,
  OPERATORS,
} from '../../../model/filter.ts';
import { pathRefusal, stepsOf } from '../../../model/payload-path.ts';

function of(operator: Operator, operand: unknown) {
  const terms = newTerms();
  return { text: clause(terms, '#f0', operator, operand), values: Object.values(terms.values) };
}

/** Of each operator: its clause, the values, and whether it holds where there is no value. */
const CLAUSES: [Operator, unknown, string, unknown[], boolean][] = [
  ['eq', 1, '#f0 = :f0', [1], false],
  ['ne', null, '#f0 <> :f0', [null], true],
  ['lt', 1, '#f0 < :f0', [1], false],
  ['le', 1, '#f0 <= :f0', [1], false],
  ['gt', 1, '#f0 > :f0', [1], false],
  ['ge', 1, '#f0 >= :f0', [1], false],
  ['between', [1, 2], '#f0 BETWEEN :f0 AND :f1', [1, 2], false],
  ['in', ['a', 'b', 'c'], '#f0 IN (:f0, :f1, :f2)', ['a', 'b', 'c'], false],
  ['contains', '@ and $', 'contains(#f0, :f0)', ['@ and $'], false],
  ['beginsWith', 'a', 'begins_with(#f0, :f0)', ['a'], false],
  ['exists', true, 'attribute_exists(#f0)', [], false],
  ['exists', false, 'attribute_not_exists(#f0)', [], true],
];

describe('an operator', () => {
  it.each(CLAUSES)('%s %j is the clause %s', (operator, operand, text, values) => {
    expect(of(operator, operand)).toEqual({ text, values });
  });

  it('has its clause looked at here, whichever it is', () => {
    const without = Object.keys(OPERATORS).filter((name) => !CLAUSES.some(([operator]) => operator === name));

    expect(without, 'operators without a row in CLAUSES above').toEqual([]);
  });

  it.each<[Operator, unknown, string]>([
    ['lt', true, 'f must be a number or a text; other values have no order'],
    ['ge', [1], 'f must be a number or a text; other values have no order'],
    ['between', [2, 1], 'f must be two numbers or two texts, the smaller one first'],
    ['between', [1, 'a'], 'f must be two numbers or two texts, the smaller one first'],
    ['between', [1], 'f must be two numbers or two texts, the smaller one first'],
    ['beginsWith', 1, 'f must be a text'],
    ['in', [], 'f has 0 values; it must have 1 to 100'],
    ['in', Array.from({ length: 101 }), 'f has 101 values; it must have 1 to 100'],
  ])('%s refuses %j', (operator, operand, message) => {
    expect(operandRefusal(operator, operand, 'f')).toMatchObject({ message, info: { field: 'f' } });
  });

  it.each(CLAUSES)('%s takes %j', (operator, operand) => {
    expect(operandRefusal(operator, operand, 'f')).toBeNull();
  });

  it.each(CLAUSES)(
    '%s %j holds where there is no value: %4$j',
    (operator, operand, _text, _values, negative) => {
      expect(isNegative(operator, operand)).toBe(negative);
    },
  );

  // part: validated-items
  it('is asked of a text that is known without DynamoDB', () => {
    expect([
      meets('product', 'eq', 'product'),
      meets('product', 'ne', 'product'),
      meets('product', 'in', ['a', 'product']),
      meets('product', 'beginsWith', 'pro'),
      meets('product', 'exists', true),
      meets('product', 'exists', false),
    ]).toEqual([true, false, true, true, true, false]);
  });
  // end: validated-items
});

describe('null', () => {
  it('is as good as absent', () => {
    expect(givenOperators({ eq: null, lt: 0, exists: false })).toEqual(['lt', 'exists']);
  });

  it.each([
    [{ eq: null }, ['eq']],
    [{ ne: null, exists: true }, ['ne', 'exists']],
    [{ eq: null, gt: 5 }, ['gt']],
    [{ lt: null }, []],
  ])('in %j asks a payload for %j', (operators, asked) => {
    expect(askedOperators(operators)).toEqual(asked);
  });
});

describe('a path', () => {
  const steps = (path: string) => stepsOf(path).map(({ text, kind }) => `${kind} ${text}`);

  it.each([
    ['', []],
    ['dimensions.width', ['name dimensions', 'name width']],
    ['variants[0][1].sku', ['name variants', 'position 0', 'position 1', 'name sku']],
    ['[0].sku', ['position 0', 'name sku']],
    ['/odd.name/~1a~0b', ['name odd.name', 'name /a~b']],
    ['/variants/0/01/1234567', ['name variants', 'either 0', 'name 01', 'name 1234567']],
    ['/', ['name ']],
  ])('%s leads over %j', (path, expected) => {
    expect(pathRefusal(path)).toBeNull();
    expect(steps(path)).toEqual(expected);
  });

  it.each(['a..b', '.a', 'a[', 'a[x]', 'a[-1]', 'a]b', '[0]a', 'a.[0]', 'a[1234567890]', 'a[]'])(
    '%s cannot be read',
    (path) => {
      expect(pathRefusal(path)?.message).toMatch(/^path .* cannot be read/);
    },
  );

  it('has at most four numbers that may be positions or names, and as many steps as a payload nests', () => {
    expect(pathRefusal('/0/1/2/3/4')?.message).toMatch(/^path has 5 numbers/);
    expect(pathRefusal(Array.from({ length: 32 }, () => 'a').join('.'))?.message).toMatch(
      /^path has 32 steps/,
    );
    expect(pathRefusal(Array.from({ length: 31 }, () => 'a').join('.'))).toBeNull();
  });
});
