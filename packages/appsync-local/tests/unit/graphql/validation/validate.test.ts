import { describe, expect, it, test } from 'vitest';
import { messages, places } from './harness/messages.ts';

const POST = 'post(id: 1)';

/** Document, and what is wrong with it. */
const CASES: Record<string, [query: string, ...wrong: string[]][]> = {
  'executable-definitions': [
    ['type Mine { a: Int } { hello }', 'NonExecutableDefinition: The Mine definition is not executable.'],
    [
      'schema { query: Query } { hello }',
      'NonExecutableDefinition: The schema definition is not executable.',
    ],
  ],
  'arguments-of-correct-type': [
    [
      '{ post(id: 1.5) { id } }',
      "WrongType: argument 'id' with value 'FloatValue{value=1.5}' is not a valid 'ID' @ 'post'",
    ],
    [
      '{ post(id: 1, date: "1/2/3") { id } }',
      "WrongType: argument 'date' with value 'StringValue{value='1/2/3'}' is not a valid 'AWSDate' @ 'post'",
    ],
    [
      '{ post(id: 1, meta: {upvotes: 10}) { id } }',
      "WrongType: argument 'meta' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=10}}]}' is not a valid 'AWSJSON' @ 'post'",
    ],
    [
      '{ post(id: null) { id } }',
      "WrongType: argument 'id' with value 'NullValue{}' must not be null @ 'post'",
    ],
    [
      '{ post(id: 1, colours: [RED, BLUE]) { id } }',
      "WrongType: argument 'colours[1]' with value 'EnumValue{name='BLUE'}' is not a valid 'Colour' @ 'post'",
    ],
    [
      '{ post(id: 1, colours: "RED") { id } }',
      "WrongType: argument 'colours' with value 'StringValue{value='RED'}' is not a valid 'Colour' @ 'post'",
    ],
    [
      'mutation { createPost(input: 5) { id } }',
      "WrongType: argument 'input' with value 'IntValue{value=5}' must be an object type @ 'createPost'",
    ],
    [
      'mutation { createPost(input: {upvotes: 1}) { id } }',
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=1}}]}' is missing required fields '[title]' @ 'createPost'",
    ],
    [
      'mutation { createPost(input: {title: "a", nope: true}) { id } }',
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=StringValue{value='a'}}, ObjectField{name='nope', value=BooleanValue{value=true}}]}' contains a field not in 'PostInput': 'nope' @ 'createPost'",
    ],
    [
      'mutation { createPosts(input: [{title: "a", nested: {name: "n", sizes: [1, "two"]}}]) { id } }',
      "WrongType: argument 'input[0].nested.sizes[1]' with value 'StringValue{value='two'}' is not a valid 'Int' @ 'createPosts'",
    ],
    [
      'mutation { createPost(input: {title: null}) { id } }',
      "WrongType: argument 'input.title' with value 'NullValue{}' must not be null @ 'createPost'",
    ],
    [
      'mutation { createPost(input: {title: "a", nested: {}}) { id } }',
      "WrongType: argument 'input.nested' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=StringValue{value='a'}}, ObjectField{name='nested', value=ObjectValue{objectFields=[]}}]}' is missing required fields '[name]' @ 'createPost'",
    ],
    [
      '{ hello(name: 5) }',
      "WrongType: argument 'name' with value 'IntValue{value=5}' is not a valid 'String' @ 'hello'",
    ],
    [
      '{ post(id: 1) { related(first: 3000000000) { id } } }',
      "WrongType: argument 'first' with value 'IntValue{value=3000000000}' is not a valid 'Int' @ 'post/related'",
    ],
  ],
  'fields-on-correct-type': [
    ['{ nope }', "FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'"],
    [
      `{ p: ${POST} { author { nope { deeper } } } }`,
      "FieldUndefined: Field 'nope' in type 'Author' is undefined @ 'post/author/nope'",
    ],
    ['{ any { name } }', "FieldUndefined: Field 'name' in type 'Any' is undefined @ 'any/name'"],
    [
      `{ ${POST} { ...F } } fragment F on Post { nope }`,
      "FieldUndefined: Field 'nope' in type 'Post' is undefined @ 'F/nope'",
    ],
    [
      '{ __type(name: "Post") { isOneOf } }',
      "FieldUndefined: Field 'isOneOf' in type '__Type' is undefined @ '__type/isOneOf'",
    ],
  ],
  'fragments-on-composite-type': [
    [
      '{ any { ... on Colour { x } } }',
      "InlineFragmentTypeConditionInvalid: Inline fragment type condition is invalid, must be on Object/Interface/Union @ 'any'",
    ],
    [
      '{ any { ...F } } fragment F on Colour { x }',
      "InlineFragmentTypeConditionInvalid: Fragment type condition is invalid, must be on Object/Interface/Union @ 'F'",
    ],
  ],
  'known-argument-names': [
    ['{ hello(nope: 1) }', "UnknownArgument: Unknown field argument nope @ 'hello'"],
    ['{ hello @skip(if: true, nope: 1) }', "UnknownDirective: Unknown directive argument nope @ 'hello'"],
    [
      '{ __type(name: "Post") { inputFields(includeDeprecated: true) { name } } }',
      "UnknownArgument: Unknown field argument includeDeprecated @ '__type/inputFields'",
    ],
  ],
  'known-directives': [
    ['{ hello @nope }', "UnknownDirective: Unknown directive nope @ 'hello'"],
    ['query @skip(if: true) { hello }', 'MisplacedDirective: Directive skip not allowed here'],
    ['{ hello @deprecated }', "MisplacedDirective: Directive deprecated not allowed here @ 'hello'"],
  ],
  'known-fragment-names': [
    [`{ ${POST} { ...Nope } }`, "UndefinedFragment: Undefined fragment Nope @ 'post'"],
  ],
  'known-type-names': [
    ['{ any { ... on Nope { x } } }', "UnknownType: Unknown type Nope @ 'any'"],
    ['query ($a: Nope) { hello(name: $a) }', 'UnknownType: Unknown type Nope'],
    ['{ any { ...F } } fragment F on Nope { x }', "UnknownType: Unknown type Nope @ 'F'"],
  ],
  'no-fragment-cycles': [
    [
      '{ named { ...A } } fragment A on Named { name ...B } fragment B on Named { name ...A }',
      "FragmentCycle: Fragment cycles not allowed @ 'A'",
      "FragmentCycle: Fragment cycles not allowed @ 'B'",
    ],
  ],
  'no-undefined-variables': [
    ['{ hello(name: $nope) }', "UndefinedVariable: Undefined variable nope @ 'hello'"],
    [
      `{ ${POST} { ...F } } fragment F on Post { related(first: $nope) { id } }`,
      "UndefinedVariable: Undefined variable nope @ 'post/F/related'",
    ],
  ],
  'no-unused-fragments': [
    [
      '{ hello } fragment F on Post { ...G } fragment G on Post { id }',
      'UnusedFragment: Unused fragment F',
      'UnusedFragment: Unused fragment G',
    ],
  ],
  'no-unused-variables': [['query ($a: Int) { hello }', 'UnusedVariable: Unused variable a']],
  'overlapping-fields': [
    [
      `{ ${POST} { x: id x: title } }`,
      "FieldsConflict: x: fields have different nullability shapes @ 'post'",
    ],
    [
      `{ ${POST} { x: title x: must } }`,
      "FieldsConflict: x: fields have different nullability shapes @ 'post'",
    ],
    [`{ ${POST} { x: tags x: title } }`, "FieldsConflict: x: fields have different list shapes @ 'post'"],
    [
      `{ ${POST} { x: size x: width } }`,
      "FieldsConflict: x: they return differing types Int and Float @ 'post'",
    ],
    ['{ hello hello(name: "a") }', 'FieldsConflict: hello: they have differing arguments'],
    [
      '{ a: post(id: 1) { x: author { name } } a: post(id: 1) { x: author { name: age } } }',
      'FieldsConflict: a: (x: (name: they return differing types String and Int))',
    ],
    ['{ a: hello a: __typename }', 'FieldsConflict: a: hello and __typename are different fields'],
  ],
  'possible-fragment-spreads': [
    [
      `{ ${POST} { ... on Tag { name } } }`,
      "InvalidFragmentType: Fragment cannot be spread here as objects of type Post can never be of type Tag @ 'post'",
    ],
    [
      `{ ${POST} { ...F } } fragment F on Tag { name }`,
      "InvalidFragmentType: Fragment F cannot be spread here as objects of type Post can never be of type Tag @ 'post'",
    ],
  ],
  'provided-non-null-arguments': [
    ['{ post { id } }', "MissingFieldArgument: Missing field argument id @ 'post'"],
    ['{ hello @skip }', "MissingDirectiveArgument: Missing directive argument if @ 'hello'"],
  ],
  'scalar-leafs': [
    [
      `{ ${POST} { author } }`,
      "SubSelectionRequired: Sub selection required for type Author of field author @ 'post/author'",
    ],
    ['{ posts }', "SubSelectionRequired: Sub selection required for type null of field posts @ 'posts'"],
    [
      '{ hello { x } }',
      "SubSelectionNotAllowed: Sub selection not allowed on leaf type String of field hello @ 'hello'",
    ],
  ],
  'variable-default-values': [
    [
      'query ($a: AWSDate = "x") { post(id: 1, date: $a) { id } }',
      "BadValueForDefaultArg: Bad default value StringValue{value='x'} for type AWSDate",
    ],
    [
      'query ($a: ID! = 1) { post(id: $a) { id } }',
      'DefaultForNonNullArgument: Missing value for non null type',
    ],
  ],
  'variables-are-input-types': [
    ['query ($a: Post) { hello(name: $a) }', 'NonInputTypeOnVariable: Wrong type for a variable'],
  ],
  'variable-types-match': [
    [
      'query ($a: String!) { post(id: $a) { id } }',
      "VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID!' @ 'post'",
    ],
    [
      'query ($a: ID) { post(id: $a) { id } }',
      "VariableTypeMismatch: Variable type 'ID' doesn't match expected type 'ID!' @ 'post'",
    ],
    [
      'query ($a: Colour) { post(id: 1, colours: $a) { id } }',
      "VariableTypeMismatch: Variable type 'Colour' doesn't match expected type '[Colour]' @ 'post'",
    ],
    [
      'mutation ($a: Int) { createPost(input: {title: $a}) { id } }',
      "VariableTypeMismatch: Variable type 'Int' doesn't match expected type 'String!' @ 'createPost'",
    ],
  ],
  'lone-anonymous-operation': [
    [
      'query A { hello } { hello }',
      'LoneAnonymousOperationViolation: Anonymous operation with other operations.',
    ],
    [
      '{ hello } query A { hello }',
      'LoneAnonymousOperationViolation: Operation A is following anonymous operation',
    ],
  ],
  'unique-operation-names': [
    [
      'query A { hello } query A { hello }',
      "DuplicateOperationName: There can be only one operation named 'A'",
    ],
  ],
};

describe.each(Object.entries(CASES))('%s', (_rule, cases) => {
  it.each(cases)('%s', (query, ...wrong) => {
    expect(messages(query)).toEqual(wrong);
  });
});

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
