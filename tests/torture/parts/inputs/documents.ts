import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { hostileText } from '../../hostile/texts.ts';

/** What a document is made of, to be put together wrongly. */
const TOKENS = [
  '{', '}', '(', ')', '[', ']', ':', '!', '=', '|', '&', '@', '$', '...', '#', '"', '"""', '\\', ',', '\ufeff', '\0', '\ud800',
  'query', 'mutation', 'subscription', 'fragment', 'on', 'F', 'Item', 'Query', 'id', 'getItem', 'listItems', 'items', '__typename',
  '__schema', 'null', 'true', '1', '-1', '1e999', '0x1', '01', '"a"', '@skip(if: true)', '@include(if: $v)', '@defer', '@aws_iam', '$v',
]; // oxfmt-ignore

/** Documents that are right, to be damaged. */
const RIGHT = [
  'query Q($id: ID!) { getItem(id: $id) { ...F } } fragment F on Item { id payload @include(if: true) }',
  '{ a: listItems(limit: 1) { items { id } nextToken } b: itemKinds { kind } }',
  'mutation M($input: PutItemInput!) { putItem(input: $input) { id version } }',
  '{ itemChanges(since: "PT5M") { changes { item { id } } cursor } }',
  'subscription { onItemChange { id } }',
  '{ __schema { types { name fields { name args { name type { ofType { name } } } } } } }',
];

/** A body to post to /graphql: a document nobody would write, or one that is right in an envelope that is not. */
export function hostileBody(random: Random): string {
  if (random.chance(0.2)) {
    return envelope(random);
  }
  const query = JSON.stringify(hostileDocument(random));
  const variables = random.oneOf(['null', '{}', '{"v":true}', '{"id":"a"}', deepJson(random)]);
  return `{"query":${query},"variables":${variables}}`;
}

export function hostileDocument(random: Random): string {
  return random.oneOf([
    tokens,
    damagedDocument,
    damagedDocument,
    nested,
    spreads,
    aliases,
    directives,
    introspection,
    literals,
    operations,
  ])(random);
}

const tokens = (random: Random): string =>
  Array.from({ length: 1 + random.below(40) }, () => random.oneOf(TOKENS)).join(
    random.oneOf([' ', '', '\n']),
  );

function damagedDocument(random: Random): string {
  let text = random.oneOf(RIGHT);
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const at = random.below(text.length);
    const until = at + random.below(6);
    text =
      text.slice(0, at) +
      random.oneOf(['', ...TOKENS, hostileText(random).slice(0, 300)]) +
      text.slice(until);
  }
  return text;
}

/** Selections, lists or input objects inside each other. */
function nested(random: Random): string {
  const depth = random.oneOf([10, 100, 499, 501, 3000, 40_000]);
  const [open, inside, close] = random.oneOf([
    ['{ getItem(id: "a") ', '{ id }', '}'],
    ['{ a: __schema { types ', '{ name }', '} }'],
    ['{ ... on Query ', '{ itemKinds { kind } }', '}'],
    ['[', '1', ']'],
  ] as const);
  const text = `${open.repeat(depth)}${inside}${close.repeat(depth)}`;
  return open === '[' ? `{ getItems(ids: ${text}) { id } }` : text;
}

/** Each fragment spreads the next ones several times: a few kilobytes that stand for millions of fields, or for no end. */
function spreads(random: Random): string {
  const levels = random.oneOf([2, 10, 30, 300]);
  const width = random.oneOf([1, 2, 10]);
  const isCycle = random.chance(0.3);
  const fragments = Array.from({ length: levels }, (_, level) => {
    const next = level + 1 < levels ? level + 1 : isCycle ? 0 : null;
    const spread = next === null ? 'id' : `... F${next} `.repeat(width);
    return `fragment F${level} on Item { ${random.oneOf(['', 'id ', `a${level}: id `])}${spread} }`;
  });
  return `{ getItem(id: "a") { ...F0 } } ${fragments.join(' ')}`;
}

/** One field many times, under other names or with other arguments under one. */
function aliases(random: Random): string {
  const count = random.oneOf([2, 50, 500, 5000]);
  const isClash = random.chance(0.5);
  const field = random.oneOf(['__typename', 'itemKinds { kind }', 'getItem(id: "#") { id }']);
  const fields = Array.from(
    { length: count },
    (_, n) => `${isClash ? 'a' : `a${n}`}: ${field.replace('#', String(n))}`,
  );
  return `{ ${fields.join(' ')} }`;
}

function directives(random: Random): string {
  const directive = random.oneOf([
    '@skip(if: false)', '@include(if: $nope)', '@skip', '@skip(if: null)', '@nope', '@deprecated', '@include(if: "true")',
    '@aws_auth(cognito_groups: ["admins"])', '@skip(if: true, if: false)', '@include(if: {})',
  ]); // oxfmt-ignore
  return `query ${random.oneOf(['', directive])} { itemKinds ${directive.repeat(random.oneOf([1, 2, 1000]))} { kind } }`;
}

function introspection(random: Random): string {
  const depth = random.oneOf([1, 5, 12, 60]);
  const inside = 'fields { type '
    .repeat(1)
    .concat('{ ofType '.repeat(depth), '{ name }', ' }'.repeat(depth), ' }');
  return random.oneOf([
    `{ __schema { types { ${inside} } } }`,
    `{ __type(name: ${JSON.stringify(hostileText(random).slice(0, 200))}) { name ${inside} } }`,
    '{ __type { name } }',
    '{ __schema { nope } }',
    `{ ${'__typename '.repeat(random.oneOf([2, 5000]))} }`,
  ]);
}

function literals(random: Random): string {
  const literal = random.oneOf([
    '1e400', '99999999999999999999999999', '-0', 'null', '{}', '[null]', '{a: {b: [1, $v]}}', '"\\ud800"', '"\\uZZZZ"', '"\\q"',
    '"""block \\""" """', '"\n"', 'CREATED', `"${'x'.repeat(random.oneOf([100, 300_000]))}"`, '$nope', '"\0"',
  ]); // oxfmt-ignore
  return random.oneOf([
    `{ getItem(id: ${literal}) { id } }`,
    `{ listItems(limit: ${literal}, filter: ${literal}) { nextToken } }`,
    `query ($v: Int = ${literal}) { listItems(limit: $v) { nextToken } }`,
    `mutation { putItem(input: ${literal}) { id } }`,
    `mutation { putItem(input: { id: "documents", payload: ${literal} }) { id } }`,
  ]);
}

const operations = (random: Random): string =>
  random.oneOf([
    'query A { itemKinds { kind } } query A { itemKinds { kind } }',
    'query A { itemKinds { kind } } query B { itemKinds { kind } }',
    '{ itemKinds { kind } } { itemKinds { kind } }',
    'fragment F on Item { id }',
    'type Query { a: Int }',
    'extend type Query { a: Int }',
    'mutation { deleteItem(input: { id: "documents" }) { id } deleteItem(input: { id: "documents" }) { id } }',
    'query ($a: [[[[ID!]!]!]!]) { getItems(ids: $a) { id } }',
    'query ($a: Item) { __typename }',
    'query ($a: Nope) { __typename }',
    'query ($a: ID, $a: ID) { getItem(id: $a) { id } }',
    'subscription { onItemChange { id } a: onItemChange { id } }',
    '{ getItem(id: "a") }',
    '{ itemKinds }',
    '{ itemKinds { kind { a } } }',
    '',
    ' ',
    '#',
  ]);

/** Deeper than a document could say it; as text, since JSON.stringify has a stack, too. */
function deepJson(random: Random): string {
  const depth = random.oneOf([5, 400, 600, 5000]);
  const [open, close] = random.oneOf([
    ['[', ']'],
    ['{"v":', '}'],
  ] as const);
  const value = `${open.repeat(depth)}1${close.repeat(depth)}`;
  return `{"v":${value},"id":${value}}`;
}

/** JSON, or nearly, that is no request. */
function envelope(random: Random): string {
  const query = JSON.stringify(random.oneOf(RIGHT));
  const odd = random.oneOf([
    'null',
    '1',
    '"a"',
    '[]',
    '{}',
    '[[]]',
    'true',
    '{"a":{"b":null}}',
    '{"__proto__":{"id":"a"}}',
  ]);
  return random.oneOf([
    `{"query":${odd}}`,
    `{"query":${query},"variables":${odd}}`,
    `{"query":${query},"operationName":${odd}}`,
    `{"query":${query},"extensions":${odd}}`,
    `{"query":${query},"query":${odd}}`,
    `[{"query":${query}}]`,
    `{"query":${query}`,
    `{"query":${query}}}`,
    `{"variables":{}}`,
    `{"query":${query},"variables":"{\\"id\\":\\"a\\"}"}`,
    `\ufeff{"query":${query}}`,
    `{"query":${query},"variables":{"id":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
    `{"query":${query},"operationName":${JSON.stringify(hostileText(random).slice(0, 2000))}}`,
    hostileText(random),
    odd,
  ]);
}
