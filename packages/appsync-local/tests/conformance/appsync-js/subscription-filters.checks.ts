import { valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

type Filter = [fieldName: string, operator: string, value: unknown];
type Row = [id: string, promise: string, given: string, groups: Filter[][]];

const recorded: Row[] = [
  ['JSR-110', 'one operator of one field is one filter', '{ a: { eq: 1 } }', [[['a', 'eq', 1]]]],
  [
    'JSR-111',
    'two fields are one group',
    '{ a: { eq: 1 }, b: { eq: 2 } }',
    [
      [
        ['a', 'eq', 1],
        ['b', 'eq', 2],
      ],
    ],
  ],
  [
    'JSR-112',
    'an and is one group',
    '{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }',
    [
      [
        ['a', 'eq', 1],
        ['b', 'eq', 2],
      ],
    ],
  ],
  [
    'JSR-113',
    'a field beside an and joins its group',
    '{ z: { eq: 0 }, and: [{ a: { eq: 1 } }] }',
    [
      [
        ['z', 'eq', 0],
        ['a', 'eq', 1],
      ],
    ],
  ],
  [
    'JSR-114',
    'a path is kept as written',
    '{ "loc.addr.country": { eq: "USA" } }',
    [[['loc.addr.country', 'eq', 'USA']]],
  ],
  [
    'JSR-115',
    'two operators of one field are two groups',
    '{ a: { eq: 1, ne: 2 } }',
    [[['a', 'eq', 1]], [['a', 'ne', 2]]],
  ],
  [
    'JSR-116',
    'an or is a group for each member',
    '{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }',
    [[['a', 'eq', 1]], [['b', 'eq', 2]]],
  ],
  [
    'JSR-117',
    'an or inside an and multiplies the groups out',
    '{ and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] }',
    [
      [
        ['a', 'eq', 1],
        ['b', 'eq', 2],
      ],
      [
        ['a', 'eq', 1],
        ['c', 'eq', 3],
      ],
    ],
  ],
  [
    'JSR-118',
    'operators and groups multiply in the order written',
    '{ percentageUp: { lte: 50, gte: 20 }, and: [{ title: { ne: "Book1" } }, { downvotes: { gt: 2000 } }], or: [{ author: { eq: "Admin" } }, { isPublished: { eq: false } }] }',
    [
      ['lte', 50, 'author', 'Admin'] as const,
      ['lte', 50, 'isPublished', false] as const,
      ['gte', 20, 'author', 'Admin'] as const,
      ['gte', 20, 'isPublished', false] as const,
    ].map(([operator, bound, field, value]): Filter[] => [
      ['percentageUp', operator, bound],
      ['title', 'ne', 'Book1'],
      ['downvotes', 'gt', 2000],
      [field, 'eq', value],
    ]),
  ],
  [
    'JSR-119',
    'le, lt, ge and gt pass through',
    '{ a: { le: 1 }, b: { lt: 2 }, c: { ge: 3 }, d: { gt: 4 } }',
    [
      [
        ['a', 'le', 1],
        ['b', 'lt', 2],
        ['c', 'ge', 3],
        ['d', 'gt', 4],
      ],
    ],
  ],
  [
    'JSR-120',
    'in and notIn pass through',
    '{ a: { in: [1, 2] }, b: { notIn: ["x"] } }',
    [
      [
        ['a', 'in', [1, 2]],
        ['b', 'notIn', ['x']],
      ],
    ],
  ],
  ['JSR-121', 'between passes through', '{ a: { between: [1, 9] } }', [[['a', 'between', [1, 9]]]]],
  [
    'JSR-122',
    'contains, notContains and beginsWith pass through',
    '{ a: { contains: "x" }, b: { notContains: "y" }, c: { beginsWith: "z" } }',
    [
      [
        ['a', 'contains', 'x'],
        ['b', 'notContains', 'y'],
        ['c', 'beginsWith', 'z'],
      ],
    ],
  ],
  [
    'JSR-123',
    'containsAny passes through',
    '{ a: { containsAny: ["x", "y"] } }',
    [[['a', 'containsAny', ['x', 'y']]]],
  ],
  ['JSR-124', 'an unknown operator passes through', '{ a: { bogus: 1 } }', [[['a', 'bogus', 1]]]],
  ['JSR-125', 'not is a field like any other', '{ not: { a: { eq: 1 } } }', [[['not', 'a', { eq: 1 }]]]],
  ['JSR-126', 'an ignored field is dropped', '{ a: { eq: 1 }, b: { eq: 2 } }, ["a"]', [[['b', 'eq', 2]]]],
  [
    'JSR-127',
    'a field inside an and is ignored too',
    '{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }, ["b"]',
    [[['a', 'eq', 1]]],
  ],
  [
    'JSR-128',
    'rules are combined with every group',
    '{ a: { eq: 1 } }, [], { r1: { gte: 250 }, r2: { eq: "p" } }',
    [
      [
        ['a', 'eq', 1],
        ['r1', 'gte', 250],
      ],
      [
        ['a', 'eq', 1],
        ['r2', 'eq', 'p'],
      ],
    ],
  ],
  ['JSR-129', 'without a filter, the rules are the groups', '{}, [], { r1: { eq: 1 } }', [[['r1', 'eq', 1]]]],
  ['JSR-130', 'an empty filter has no group', '{}', []],
  ['JSR-131', 'a field without operators has no group', '{ a: {} }', []],
  ['JSR-132', 'an empty and has no group', '{ and: [] }', []],
];

const refused: [id: string, what: string, given: string][] = [
  ['JSR-133', 'null', 'null'],
  ['JSR-134', 'no filter at all', ''],
  ['JSR-135', 'a list', '[]'],
  ['JSR-136', 'JSON text', `'{"a":{"eq":1}}'`],
];

const row = (id: string, promise: string, given: string, expected: unknown): ValueRow => ({
  id,
  promise,
  source: 'localstack/appsync-utils, transform-subscription.test.js.snap',
  evidence: 'observed',
  expression: `util.transform.toSubscriptionFilter(${given})`,
  expected,
});

/** `util.transform.toSubscriptionFilter`. */
export const subscriptionFilterChecks = valueChecks([
  ...recorded.map(([id, promise, given, groups]) =>
    row(id, `toSubscriptionFilter: ${promise}`, given, {
      filterGroup: groups.map((filters) => ({
        filters: filters.map(([fieldName, operator, value]) => ({ fieldName, operator, value })),
      })),
    }),
  ),
  ...refused.map(([id, what, given]) => row(id, `toSubscriptionFilter gives null for ${what}`, given, null)),
]);
