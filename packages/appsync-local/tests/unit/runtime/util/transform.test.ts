import { expect, it } from 'vitest';
import { filterExpression } from '../../../../src/runtime/util/filter-expression.ts';
import { valueOf } from '../harness/evaluate.ts';

it.each(['toDynamoDBFilterExpression', 'toDynamoDBConditionExpression'])(
  'gives JSON text from %s',
  (name) => {
    const value = valueOf(`util.transform.${name}({ title: { contains: 'Hello World' } })`);

    expect(value).toBe(
      '{"expression":"(contains(#title,:title_contains))","expressionNames":{"#title":"title"},"expressionValues":{":title_contains":{"S":"Hello World"}}}',
    );
  },
);

const N = (value: number) => ({ N: value });
const S = (value: string) => ({ S: value });
const a1 = { a: { eq: 1 } };
const b2 = { b: { eq: 2 } };

// Recorded on AWS by localstack/appsync-utils (transform.test.js).
it.each<[object, string, object]>([
  [{ v: { eq: 'x' } }, '(#v = :v_eq)', { ':v_eq': S('x') }],
  [{ v: { ne: 'x' } }, '(#v <> :v_ne)', { ':v_ne': S('x') }],
  [{ v: { lt: 'x' } }, '(#v < :v_lt)', { ':v_lt': S('x') }],
  [{ v: { le: 'x' } }, '(#v <= :v_le)', { ':v_le': S('x') }],
  [{ v: { gt: 'x' } }, '(#v > :v_gt)', { ':v_gt': S('x') }],
  [{ v: { ge: 'x' } }, '(#v >= :v_ge)', { ':v_ge': S('x') }],
  [{ v: { eq: null } }, '(#v = :v_eq)', { ':v_eq': { NULL: null } }],
  [{ v: { eq: [1, 2] } }, '(#v = :v_eq)', { ':v_eq': { L: [N(1), N(2)] } }],
  [{ v: { notContains: 'x' } }, '(NOT contains(#v,:v_notContains))', { ':v_notContains': S('x') }],
  [{ v: { beginsWith: 'x' } }, '(begins_with(#v,:v_beginsWith))', { ':v_beginsWith': S('x') }],
  [
    { v: { between: [1, 9, 3] } },
    '(#v BETWEEN :v_between_start AND :v_between_end)',
    { ':v_between_start': N(1), ':v_between_end': N(9) },
  ],
  [{ v: { in: ['a', 'b'] } }, '(#v IN (:v_in_0, :v_in_1))', { ':v_in_0': S('a'), ':v_in_1': S('b') }],
  [{ v: { in: [] } }, '(null)', {}],
  [{ v: { attributeExists: true } }, '(attribute_exists(#v))', {}],
  [{ v: { attributeExists: false } }, '(attribute_not_exists(#v))', {}],
  [
    { v: { attributeType: '_null' } },
    '(attribute_type(#v,:v_attributeType))',
    { ':v_attributeType': S('NULL') },
  ],
  [
    { v: { attributeType: 'binarySet' } },
    '(attribute_type(#v,:v_attributeType))',
    { ':v_attributeType': S('BS') },
  ],
  [{ v: { size: { gt: 2 } } }, '(size(#v) > :v_size_gt)', { ':v_size_gt': N(2) }],
  [
    { v: { size: { gt: 2, lt: 5 } } },
    '((size(#v) > :v_size_gt) AND (size(#v) < :v_size_lt))',
    { ':v_size_gt': N(2), ':v_size_lt': N(5) },
  ],
  [{ v: { size: { size: { gt: 1 } } } }, '(size(#v) > :v_size_size_gt)', { ':v_size_size_gt': N(1) }],
  [
    { v: { size: { contains: 'x' } } },
    '(contains(size(#v),:v_size_contains))',
    { ':v_size_contains': S('x') },
  ],
  [{ ...a1, ...b2 }, '(#a = :a_eq) AND (#b = :b_eq)', { ':a_eq': N(1), ':b_eq': N(2) }],
  [{ v: { ge: 1, le: 5 } }, '((#v >= :v_ge) AND (#v <= :v_le))', { ':v_ge': N(1), ':v_le': N(5) }],
  [{ and: [a1] }, '(#a = :and_0_a_eq)', { ':and_0_a_eq': N(1) }],
  [{ or: [a1, b2] }, '((#a = :or_0_a_eq) OR (#b = :or_1_b_eq))', { ':or_0_a_eq': N(1), ':or_1_b_eq': N(2) }],
  [
    { not: { and: [a1, b2] } },
    '(NOT ((#a = :not_and_0_a_eq) AND (#b = :not_and_1_b_eq)))',
    { ':not_and_0_a_eq': N(1), ':not_and_1_b_eq': N(2) },
  ],
  [{ not: { not: a1 } }, '(NOT (NOT (#a = :not_not_a_eq)))', { ':not_not_a_eq': N(1) }],
  [
    { and: [{ or: [a1, b2] }, { c: { eq: 3 } }] },
    '(((#a = :and_0_or_0_a_eq) OR (#b = :and_0_or_1_b_eq)) AND (#c = :and_1_c_eq))',
    { ':and_0_or_0_a_eq': N(1), ':and_0_or_1_b_eq': N(2), ':and_1_c_eq': N(3) },
  ],
  [{ and: [{ or: [{ and: [a1] }] }] }, '(#a = :and_0_or_0_and_0_a_eq)', { ':and_0_or_0_and_0_a_eq': N(1) }],
  [{ ...a1, and: [b2] }, '(#a = :a_eq) AND (#b = :and_0_b_eq)', { ':a_eq': N(1), ':and_0_b_eq': N(2) }],
  [{ 'a.b': { eq: 1 } }, '(#a.b = :a.b_eq)', { ':a.b_eq': N(1) }],
  [{}, '', {}],
  [{ and: [] }, '', {}],
  [{ v: {} }, '', {}],
  [{ v: { size: {} } }, '', {}],
  [{ not: {} }, '(NOT )', {}],
  [{ ...a1, b: {} }, '(#a = :a_eq) AND ', { ':a_eq': N(1) }],
  [{ and: [a1, {}] }, '((#a = :and_0_a_eq) AND )', { ':and_0_a_eq': N(1) }],
])('renders %j', (filter, expression, expressionValues) => {
  const rendered = filterExpression(filter);

  expect(rendered).toMatchObject({ expression });
  expect(rendered?.expressionValues).toEqual(expressionValues);
});

it('names a field even when it has no operators', () => {
  const rendered = filterExpression({ ...a1, b: {} });

  expect(rendered?.expressionNames).toEqual({ '#a': 'a', '#b': 'b' });
});

it('keeps several fields together under not and in groups', () => {
  const rendered = [
    filterExpression({ not: { ...a1, ...b2 } }),
    filterExpression({ or: [{ ...a1, ...b2 }, a1] }),
  ];

  expect(rendered.map((each) => each?.expression)).toEqual([
    '(NOT ((#a = :not_a_eq) AND (#b = :not_b_eq)))',
    '(((#a = :or_0_a_eq) AND (#b = :or_0_b_eq)) OR (#a = :or_1_a_eq))',
  ]);
});

it.each([
  [undefined],
  [null],
  [[]],
  ['string'],
  [{ v: { foo: 1 } }],
  [{ v: { constructor: 1 } }],
  [{ v: 'x' }],
  [{ a: { b: { eq: 1 } } }],
  [{ and: a1 }],
  [{ and: null }],
  [{ and: [a1, null] }],
  [{ not: [a1] }],
  [{ v: { between: [1] } }],
  [{ v: { between: 'x' } }],
  [{ v: { in: 'x' } }],
  [{ v: { attributeExists: 'yes' } }],
  [{ v: { attributeType: 'S' } }],
  [{ v: { size: 3 } }],
])('gives null for %j', (filter) => {
  const rendered = filterExpression(filter);

  expect(rendered).toBeNull();
});

it('renders the documented query for OpenSearch', () => {
  const value = valueOf(
    "util.transform.toElasticsearchQueryDSL({ upvotes: { ne: 15, range: [10, 20] }, title: { eq: 'hihihi', wildcard: 'h*i' } })",
  ) as string;

  expect(JSON.parse(value)).toEqual({
    bool: {
      must: [
        {
          bool: {
            must: [
              { bool: { must_not: { term: { upvotes: 15 } } } },
              { range: { upvotes: { gte: 10, lte: 20 } } },
            ],
          },
        },
        { bool: { must: [{ term: { title: 'hihihi' } }, { wildcard: { title: 'h*i' } }] } },
      ],
    },
  });
});
