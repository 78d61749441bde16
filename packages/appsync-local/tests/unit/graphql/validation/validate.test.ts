import { describe, expect, it, test } from 'vitest';
import { messages, places } from './harness/messages.ts';

const POST = 'post(id: 1)';

test.each([
  '{ hello }',
  'query ($id: ID!, $c: [Colour]) { post(id: $id, colours: $c) { id ...F ... on Post { title } } } fragment F on Post { author { name } }',
  'query ($id: ID = 1) { post(id: $id) { id } }',
  'query ($c: Colour!) { post(id: 1, colours: [$c]) { id } }',
  '{ any { __typename ... on Post { x: size } ... on Tag { label } } }',
  '{ named { ... on Author { x: name } ... on Tag { x: name } } }',
  `{ ${POST} { id id related(first: 1, after: 2) { id } related(after: 2, first: 1) { title } } }`,
  'mutation { createPost(input: {title: "a"}) { id } }',
  'mutation { createPosts(input: {title: "a"}) { id } }',
  '{ hello @include(if: true) @skip(if: false) @defer }',
  '{ __schema { types { name } directives { args { name } } } __type(name: "Post") { fields(includeDeprecated: true) { name } } }',
])('%s is right', (query) => {
  expect(messages(query)).toEqual([]);
});

describe('rules that graphql-java 11 lacks', () => {
  it.each([
    ['an argument twice', '{ hello(name: "a", name: "b") }'],
    ['an input field twice', 'mutation { createPost(input: {title: "a", title: "b"}) { id } }'],
    ['a variable twice', 'query ($a: String, $a: String) { hello(name: $a) }'],
    ['a directive twice', '{ hello @skip(if: true) @skip(if: false) }'],
  ])('%s is no error', (_, query) => {
    expect(messages(query)).toEqual([]);
  });
});

test('without introspection __schema and __type are unknown fields, __typename is not', () => {
  expect(
    messages('{ __typename __schema { types { name } } t: __type(name: "Post") { name } }', false),
  ).toEqual([
    "FieldUndefined: Field '__schema' in type 'Query' is undefined @ '__schema'",
    "FieldUndefined: Field '__type' in type 'Query' is undefined @ '__type'",
  ]);
});

test('everything that is wrong is reported, in the order of the document', () => {
  expect(messages('query ($unused: Int) { nope post { gone } }')).toEqual([
    "FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'",
    "MissingFieldArgument: Missing field argument id @ 'post'",
    "FieldUndefined: Field 'gone' in type 'Post' is undefined @ 'post/gone'",
    'UnusedVariable: Unused variable unused',
  ]);
});

test('a place is that of the field, the argument, the variable or the definition', () => {
  expect(places('{ a: nope }')).toEqual(['1:3']);
  expect(places('{ hello(name: 5) }')).toEqual(['1:9']);
  expect(places('query ($a: Int) {\n hello(name: $a) }')).toEqual(['2:14']);
  expect(places('query Q($a: Int) { hello }')).toEqual(['1:9']);
  expect(places('{ x: hello x: __typename }')).toEqual(['1:3 1:12']);
});

test('no more than 100 errors are reported, all of them in these words', () => {
  const found = messages(`{ ${Array.from({ length: 150 }, (_, index) => `f${index}`).join(' ')} }`);

  expect(found).toHaveLength(100);
  expect(found.at(-1)).toBe("FieldUndefined: Field 'f99' in type 'Query' is undefined @ 'f99'");
});

test('thousands of equal fields and a ladder of fragments are judged in time', () => {
  const ladder = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Named { ...F${n + 1} ...F${n + 1} }`,
  );

  expect(messages(`{ ${'hello '.repeat(5000)} }`)).toEqual([]);
  expect(messages(`{ named { ...F0 } } ${ladder.join(' ')} fragment F40 on Named { name }`)).toEqual([]);
});
