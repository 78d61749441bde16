import { asJson, valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

type Row = [
  id: string,
  promise: string,
  filter: string,
  expected: [expression: string, names: string[], values: Record<string, unknown>],
];

const names = (list: string[]): Record<string, string> =>
  Object.fromEntries(list.map((name) => [`#${name}`, name]));

/** The text of the expression is exact; its names and values come in any order. */
const row =
  (helper: string) =>
  ([id, promise, filter, [expression, used, expressionValues]]: Row): ValueRow => ({
    id,
    promise,
    source: 'localstack/appsync-utils, transform.test.js.snap',
    evidence: 'observed',
    expression: `util.transform.${helper}(${filter})`,
    read: asJson,
    expected: { expression, expressionNames: names(used), expressionValues },
  });

const N = (value: number) => ({ N: value });
const S = (value: string) => ({ S: value });

const rendered: Row[] = [
  ['JSR-030', 'eq renders as =', '{ v: { eq: "x" } }', ['(#v = :v_eq)', ['v'], { ':v_eq': S('x') }]],
  ['JSR-031', 'ne renders as <>', '{ v: { ne: "x" } }', ['(#v <> :v_ne)', ['v'], { ':v_ne': S('x') }]],
  ['JSR-032', 'lt renders as <', '{ v: { lt: "x" } }', ['(#v < :v_lt)', ['v'], { ':v_lt': S('x') }]],
  ['JSR-033', 'le renders as <=', '{ v: { le: "x" } }', ['(#v <= :v_le)', ['v'], { ':v_le': S('x') }]],
  ['JSR-034', 'gt renders as >', '{ v: { gt: "x" } }', ['(#v > :v_gt)', ['v'], { ':v_gt': S('x') }]],
  ['JSR-035', 'ge renders as >=', '{ v: { ge: "x" } }', ['(#v >= :v_ge)', ['v'], { ':v_ge': S('x') }]],
  [
    'JSR-036',
    'binds a fraction as a number',
    '{ v: { eq: 1.5 } }',
    ['(#v = :v_eq)', ['v'], { ':v_eq': N(1.5) }],
  ],
  [
    'JSR-037',
    'binds a boolean as BOOL',
    '{ v: { eq: true } }',
    ['(#v = :v_eq)', ['v'], { ':v_eq': { BOOL: true } }],
  ],
  [
    'JSR-038',
    'binds null as NULL null',
    '{ v: { eq: null } }',
    ['(#v = :v_eq)', ['v'], { ':v_eq': { NULL: null } }],
  ],
  [
    'JSR-039',
    'binds an object as M',
    '{ v: { eq: { a: 1 } } }',
    ['(#v = :v_eq)', ['v'], { ':v_eq': { M: { a: N(1) } } }],
  ],
  [
    'JSR-040',
    'binds a list as L',
    '{ v: { eq: [1, 2] } }',
    ['(#v = :v_eq)', ['v'], { ':v_eq': { L: [N(1), N(2)] } }],
  ],
  [
    'JSR-041',
    'contains renders without a space after the comma',
    '{ v: { contains: "x" } }',
    ['(contains(#v,:v_contains))', ['v'], { ':v_contains': S('x') }],
  ],
  [
    'JSR-042',
    'notContains renders as NOT contains',
    '{ v: { notContains: "x" } }',
    ['(NOT contains(#v,:v_notContains))', ['v'], { ':v_notContains': S('x') }],
  ],
  [
    'JSR-043',
    'beginsWith renders as begins_with',
    '{ v: { beginsWith: "x" } }',
    ['(begins_with(#v,:v_beginsWith))', ['v'], { ':v_beginsWith': S('x') }],
  ],
  [
    'JSR-044',
    'between names its bounds start and end',
    '{ v: { between: [1, 9] } }',
    [
      '(#v BETWEEN :v_between_start AND :v_between_end)',
      ['v'],
      { ':v_between_start': N(1), ':v_between_end': N(9) },
    ],
  ],
  [
    'JSR-045',
    'between ignores values after the second bound',
    '{ v: { between: ["1", "9", "3"] } }',
    [
      '(#v BETWEEN :v_between_start AND :v_between_end)',
      ['v'],
      { ':v_between_start': S('1'), ':v_between_end': S('9') },
    ],
  ],
  [
    'JSR-046',
    'in numbers its values and puts a space after the comma',
    '{ v: { in: ["a", "b"] } }',
    ['(#v IN (:v_in_0, :v_in_1))', ['v'], { ':v_in_0': S('a'), ':v_in_1': S('b') }],
  ],
  [
    'JSR-047',
    'in accepts one value',
    '{ v: { in: ["a"] } }',
    ['(#v IN (:v_in_0))', ['v'], { ':v_in_0': S('a') }],
  ],
  ['JSR-048', 'in of an empty list renders as null', '{ v: { in: [] } }', ['(null)', ['v'], {}]],
  [
    'JSR-049',
    'attributeExists true renders as attribute_exists',
    '{ v: { attributeExists: true } }',
    ['(attribute_exists(#v))', ['v'], {}],
  ],
  [
    'JSR-050',
    'attributeExists false renders as attribute_not_exists',
    '{ v: { attributeExists: false } }',
    ['(attribute_not_exists(#v))', ['v'], {}],
  ],
  [
    'JSR-051',
    'attributeType accepts friendly names and binds DynamoDB codes',
    '{ a: { attributeType: "_null" }, b: { attributeType: "string" }, c: { attributeType: "stringSet" }, d: { attributeType: "number" }, e: { attributeType: "numberSet" } }',
    [
      '(attribute_type(#a,:a_attributeType)) AND (attribute_type(#b,:b_attributeType)) AND (attribute_type(#c,:c_attributeType)) AND (attribute_type(#d,:d_attributeType)) AND (attribute_type(#e,:e_attributeType))',
      ['a', 'b', 'c', 'd', 'e'],
      {
        ':a_attributeType': S('NULL'),
        ':b_attributeType': S('S'),
        ':c_attributeType': S('SS'),
        ':d_attributeType': S('N'),
        ':e_attributeType': S('NS'),
      },
    ],
  ],
  [
    'JSR-052',
    'attributeType supports binaries, booleans, lists and maps',
    '{ f: { attributeType: "binary" }, g: { attributeType: "binarySet" }, h: { attributeType: "boolean" }, i: { attributeType: "list" }, j: { attributeType: "map" } }',
    [
      '(attribute_type(#f,:f_attributeType)) AND (attribute_type(#g,:g_attributeType)) AND (attribute_type(#h,:h_attributeType)) AND (attribute_type(#i,:i_attributeType)) AND (attribute_type(#j,:j_attributeType))',
      ['f', 'g', 'h', 'i', 'j'],
      {
        ':f_attributeType': S('B'),
        ':g_attributeType': S('BS'),
        ':h_attributeType': S('BOOL'),
        ':i_attributeType': S('L'),
        ':j_attributeType': S('M'),
      },
    ],
  ],
  [
    'JSR-053',
    'size compares the size of an attribute',
    '{ v: { size: { gt: 2 } } }',
    ['(size(#v) > :v_size_gt)', ['v'], { ':v_size_gt': N(2) }],
  ],
  [
    'JSR-054',
    'size combines with between',
    '{ v: { size: { between: [1, 3] } } }',
    [
      '(size(#v) BETWEEN :v_size_between_start AND :v_size_between_end)',
      ['v'],
      { ':v_size_between_start': N(1), ':v_size_between_end': N(3) },
    ],
  ],
  [
    'JSR-055',
    'size combines with a function',
    '{ v: { size: { contains: "x" } } }',
    ['(contains(size(#v),:v_size_contains))', ['v'], { ':v_size_contains': S('x') }],
  ],
  [
    'JSR-056',
    'size combines with attributeExists',
    '{ v: { size: { attributeExists: true } } }',
    ['(attribute_exists(size(#v)))', ['v'], {}],
  ],
  [
    'JSR-057',
    'two comparisons of one size are wrapped',
    '{ v: { size: { gt: 2, lt: 5 } } }',
    [
      '((size(#v) > :v_size_gt) AND (size(#v) < :v_size_lt))',
      ['v'],
      { ':v_size_gt': N(2), ':v_size_lt': N(5) },
    ],
  ],
  [
    'JSR-058',
    'a size of a size nests the placeholder and not the call',
    '{ v: { size: { size: { gt: 1 } } } }',
    ['(size(#v) > :v_size_size_gt)', ['v'], { ':v_size_size_gt': N(1) }],
  ],
  [
    'JSR-059',
    'two fields are joined with AND and not wrapped',
    '{ a: { eq: 1 }, b: { eq: 2 } }',
    ['(#a = :a_eq) AND (#b = :b_eq)', ['a', 'b'], { ':a_eq': N(1), ':b_eq': N(2) }],
  ],
  [
    'JSR-060',
    'two operators of a field are wrapped',
    '{ v: { ge: 1, le: 5 } }',
    ['((#v >= :v_ge) AND (#v <= :v_le))', ['v'], { ':v_ge': N(1), ':v_le': N(5) }],
  ],
  [
    'JSR-061',
    'an and of one member is not wrapped',
    '{ and: [{ a: { eq: 1 } }] }',
    ['(#a = :and_0_a_eq)', ['a'], { ':and_0_a_eq': N(1) }],
  ],
  [
    'JSR-062',
    'an and of two members is wrapped',
    '{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }',
    ['((#a = :and_0_a_eq) AND (#b = :and_1_b_eq))', ['a', 'b'], { ':and_0_a_eq': N(1), ':and_1_b_eq': N(2) }],
  ],
  [
    'JSR-063',
    'an or of two members is wrapped',
    '{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }',
    ['((#a = :or_0_a_eq) OR (#b = :or_1_b_eq))', ['a', 'b'], { ':or_0_a_eq': N(1), ':or_1_b_eq': N(2) }],
  ],
  [
    'JSR-064',
    'not prefixes its placeholders',
    '{ not: { a: { eq: 1 } } }',
    ['(NOT (#a = :not_a_eq))', ['a'], { ':not_a_eq': N(1) }],
  ],
  [
    'JSR-065',
    'not takes a group',
    '{ not: { and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] } }',
    [
      '(NOT ((#a = :not_and_0_a_eq) AND (#b = :not_and_1_b_eq)))',
      ['a', 'b'],
      { ':not_and_0_a_eq': N(1), ':not_and_1_b_eq': N(2) },
    ],
  ],
  [
    'JSR-066',
    'a not of a not keeps both',
    '{ not: { not: { a: { eq: 1 } } } }',
    ['(NOT (NOT (#a = :not_not_a_eq)))', ['a'], { ':not_not_a_eq': N(1) }],
  ],
  [
    'JSR-067',
    'not goes inside an and',
    '{ and: [{ not: { a: { eq: 1 } } }, { b: { eq: 2 } }] }',
    [
      '((NOT (#a = :and_0_not_a_eq)) AND (#b = :and_1_b_eq))',
      ['a', 'b'],
      { ':and_0_not_a_eq': N(1), ':and_1_b_eq': N(2) },
    ],
  ],
  [
    'JSR-068',
    'an and goes inside an or',
    '{ or: [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] }',
    [
      '(((#a = :or_0_and_0_a_eq) AND (#b = :or_0_and_1_b_eq)) OR (#c = :or_1_c_eq))',
      ['a', 'b', 'c'],
      { ':or_0_and_0_a_eq': N(1), ':or_0_and_1_b_eq': N(2), ':or_1_c_eq': N(3) },
    ],
  ],
  [
    'JSR-069',
    'an or goes inside an and',
    '{ and: [{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] }',
    [
      '(((#a = :and_0_or_0_a_eq) OR (#b = :and_0_or_1_b_eq)) AND (#c = :and_1_c_eq))',
      ['a', 'b', 'c'],
      { ':and_0_or_0_a_eq': N(1), ':and_0_or_1_b_eq': N(2), ':and_1_c_eq': N(3) },
    ],
  ],
  [
    'JSR-070',
    'a placeholder carries every level of the nesting',
    '{ and: [{ or: [{ and: [{ a: { eq: 1 } }] }] }] }',
    ['(#a = :and_0_or_0_and_0_a_eq)', ['a'], { ':and_0_or_0_and_0_a_eq': N(1) }],
  ],
  [
    'JSR-071',
    'a field can be beside a group',
    '{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }',
    ['(#a = :a_eq) AND (#b = :and_0_b_eq)', ['a', 'b'], { ':a_eq': N(1), ':and_0_b_eq': N(2) }],
  ],
  [
    'JSR-072',
    'a field name is used as it is, dots included',
    '{ "a.b": { eq: 1 } }',
    ['(#a.b = :a.b_eq)', ['a.b'], { ':a.b_eq': N(1) }],
  ],
  ['JSR-073', 'an empty filter renders an empty expression', '{}', ['', [], {}]],
  ['JSR-074', 'an empty and renders an empty expression', '{ and: [] }', ['', [], {}]],
  ['JSR-075', 'a field without operators keeps its name', '{ v: {} }', ['', ['v'], {}]],
  ['JSR-076', 'a size without operators keeps the name of its field', '{ v: { size: {} } }', ['', ['v'], {}]],
  ['JSR-077', 'not of an empty filter renders (NOT )', '{ not: {} }', ['(NOT )', [], {}]],
  [
    'JSR-078',
    'an empty field beside a comparison leaves a dangling AND',
    '{ a: { eq: 1 }, b: {} }',
    ['(#a = :a_eq) AND ', ['a', 'b'], { ':a_eq': N(1) }],
  ],
  [
    'JSR-079',
    'an empty member of a group leaves a dangling AND',
    '{ and: [{ a: { eq: 1 } }, {}] }',
    ['((#a = :and_0_a_eq) AND )', ['a'], { ':and_0_a_eq': N(1) }],
  ],
];

const conditions: Row[] = [
  [
    'JSR-080',
    'a condition renders like a filter',
    '{ and: [{ content: { eq: "x" } }, { version: { attributeExists: true } }] }',
    [
      '((#content = :and_0_content_eq) AND (attribute_exists(#version)))',
      ['content', 'version'],
      { ':and_0_content_eq': S('x') },
    ],
  ],
  [
    'JSR-081',
    'the condition of a create has names and an empty member for values',
    '{ and: [{ id: { attributeExists: false } }] }',
    ['(attribute_not_exists(#id))', ['id'], {}],
  ],
  [
    'JSR-082',
    'a negated range renders in a condition',
    '{ not: { id: { between: ["1", "9"] } } }',
    [
      '(NOT (#id BETWEEN :not_id_between_start AND :not_id_between_end))',
      ['id'],
      { ':not_id_between_start': S('1'), ':not_id_between_end': S('9') },
    ],
  ],
];

const refused: [id: string, what: string, filter: string][] = [
  ['JSR-083', 'no filter at all', ''],
  ['JSR-084', 'null', 'null'],
  ['JSR-085', 'a list', '[]'],
  ['JSR-086', 'a string', '"string"'],
  ['JSR-087', 'an unknown operator', '{ v: { foo: 1 } }'],
  ['JSR-088', 'a value in the place of operators', '{ v: "x" }'],
  ['JSR-089', 'a field inside a field', '{ a: { b: { eq: 1 } } }'],
  ['JSR-090', 'an and that is a map', '{ and: { a: { eq: 1 } } }'],
  ['JSR-091', 'an and that is null', '{ and: null }'],
  ['JSR-092', 'a group with a null member', '{ and: [{ a: { eq: 1 } }, null] }'],
  ['JSR-093', 'a not that is a list', '{ not: [{ a: { eq: 1 } }] }'],
  ['JSR-094', 'a range with one bound', '{ v: { between: [1] } }'],
  ['JSR-095', 'a range that is not a list', '{ v: { between: "x" } }'],
  ['JSR-096', 'an in that is not a list', '{ v: { in: "x" } }'],
  ['JSR-097', 'an attributeExists that is not a boolean', '{ v: { attributeExists: "yes" } }'],
  ['JSR-098', 'an attributeType given as a code', '{ v: { attributeType: "S" } }'],
  ['JSR-099', 'an unknown attributeType', '{ v: { attributeType: "bogus" } }'],
  ['JSR-100', 'a size that is a value', '{ v: { size: 3 } }'],
];

/** `util.transform.toDynamoDBFilterExpression` and its sibling for conditions. */
export const filterExpressionChecks = valueChecks([
  ...rendered.map(row('toDynamoDBFilterExpression')),
  ...conditions.map(row('toDynamoDBConditionExpression')),
  ...refused.map(([id, what, filter]): ValueRow => ({
    id,
    promise: `toDynamoDBFilterExpression gives null for ${what}`,
    source: 'localstack/appsync-utils, transform.test.js.snap',
    evidence: 'observed',
    expression: `util.transform.toDynamoDBFilterExpression(${filter})`,
    expected: null,
  })),
  {
    id: 'JSR-101',
    promise: 'toDynamoDBFilterExpression gives JSON text with its members in this order',
    source: 'localstack/appsync-utils, transform.test.js.snap',
    evidence: 'observed',
    expression: 'util.transform.toDynamoDBFilterExpression({ content: { contains: "foo" } })',
    expected:
      '{"expression":"(contains(#content,:content_contains))","expressionNames":{"#content":"content"},"expressionValues":{":content_contains":{"S":"foo"}}}',
  },
]);
