import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkExtent } from '../../../src/graphql/document-extent.ts';
import { createPrepare } from '../../../src/graphql/prepare.ts';
import { loadSchema } from '../../../src/graphql/schema.ts';
import { isNestedDeeper } from '../../../src/ground/nesting.ts';

const repeated = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const chain = (length: number, part: (next: string) => string): string =>
  `${repeated(length, (index) => `fragment F${index} on N { ${part(`...F${index + 1}`)} }`)} fragment F${length} on N { s }`;

const TOO_MANY = 'The document selects more than 50000 fields, with its fragments expanded.';
const INTROSPECTS_TOO_MANY =
  'The document selects more than 500 fields of introspection, with its fragments expanded.';
const INTROSPECTS_TOO_DEEP = "The document nests more than 2 lists of a type's members.";
const TOO_DEEP = 'The document is nested more than 500 levels deep, with its fragments expanded.';

describe('documents', () => {
  it.each([
    [
      'fragments that spread the next one twice',
      `{ n { ...F0 } } ${chain(60, (next) => `${next} ${next}`)}`,
      TOO_MANY,
    ],
    [
      'fragments that spread the next one in two fields',
      `{ n { ...F0 } } ${chain(40, (next) => `n { ${next} } m { ${next} }`)}`,
      TOO_MANY,
    ],
    [
      'fragments that many fields spread',
      `{ ${repeated(600, (index) => `a${index}: n { ...F0 }`)} } ${chain(200, (next) => next)}`,
      TOO_MANY,
    ],
    [
      'fragments that many operations spread',
      `${repeated(600, (index) => `query Q${index} { n { ...F0 } }`)} ${chain(200, (next) => next)}`,
      TOO_MANY,
    ],
    [
      'long names above many fields',
      `{ ${'x'.repeat(20_000)}: n { ${repeated(1000, (index) => `s${index}: s`)} } }`,
      TOO_MANY,
    ],
    [
      'introspection of members of members of members',
      '{ __type(name: "I") { inputFields { type { ofType { inputFields { type { inputFields { name } } } } } } } }',
      INTROSPECTS_TOO_DEEP,
    ],
    [
      'the same by fragments',
      '{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } } fragment B on __Type { interfaces { possibleTypes { name } } }',
      INTROSPECTS_TOO_DEEP,
    ],
    [
      'introspection again and again',
      `{ ${repeated(130, (index) => `a${index}: __schema { types { fields { type { name } } } }`)} }`,
      INTROSPECTS_TOO_MANY,
    ],
    ['a long chain of fragments', `{ n { ...F0 } } ${chain(600, (next) => next)}`, TOO_DEEP],
    [
      'a chain of fragments within fields',
      `{ n { ...F0 } } ${chain(300, (next) => `n { ${next} }`)}`,
      TOO_DEEP,
    ],
    ['fields within fields', `{ ${'n { '.repeat(600)} s ${'} '.repeat(600)} }`, TOO_DEEP],
    ['an object within objects', `{ u(i: ${'{i: '.repeat(600)}1${'}'.repeat(600)}) }`, TOO_DEEP],
    ['a list within lists', `{ u(l: ${'['.repeat(1100)}${']'.repeat(1100)}) }`, TOO_DEEP],
    ['a type within types', `query($a: ${'['.repeat(1100)}Int${']'.repeat(1100)}) { s }`, TOO_DEEP],
    [
      'a cycle of fragments',
      `{ n { ...F0 } } ${repeated(600, (index) => `fragment F${index} on N { ...F${(index + 1) % 600} }`)}`,
      TOO_DEEP,
    ],
  ])('are refused with %s', (_what, text, message) => {
    expect(() => checkExtent(parse(text))).toThrow(
      expect.objectContaining({ status: 400, errorType: 'BadRequestException', message }),
    );
  });

  it.each([
    ['a chain of fragments', `{ n { ...F0 } } ${chain(200, (next) => `n { ${next} }`)}`],
    [
      'a fragment that comes back to itself',
      '{ n { ...F } } fragment F on N { n { ...G } } fragment G on N { s ...F }',
    ],
    [
      'the introspection query of tools, whole',
      getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ],
    ['the members of members', '{ __type(name: "I") { fields { type { fields { type { name } } } } } }'],
    [
      "an API's own fields of such names",
      `{ n { ${'fields { '.repeat(9)}s${' }'.repeat(9)} } __schema { queryType { name } } }`,
    ],
    ['a fragment nobody has defined', '{ n { ...F } }'],
    [
      'a fragment in a thousand places',
      `{ ${repeated(1000, (index) => `a${index}: n { ...F }`)} } fragment F on N { s }`,
    ],
  ])('are taken with %s', (_what, text) => {
    expect(() => checkExtent(parse(text))).not.toThrow();
  });
});

describe('what is left to validation', () => {
  const { schema } = loadSchema(
    'type Query { n(a: Int): N } type N { n(a: Int): N s: String t(a: Int): String }',
    [{ type: 'API_KEY' }] as never,
    'Api',
  );
  const prepare = createPrepare(schema, true);
  const ask = (query: string, variables = {}) => prepare({ query, variables, operationName: null });

  it('tells a hundred of a million conflicts, and looks for no others', () => {
    const prepared = ask(`{ n { ${repeated(1600, (index) => `t(a: ${index})`)} } }`);

    expect(prepared).toMatchObject({ kind: 'invalid' });
    expect(prepared.kind === 'invalid' && prepared.errors.length).toBe(100);
  });

  it('refuses to compare many fields each with each', () => {
    const fields = repeated(160, (index) => `n { ...F${index} }`);
    const fragments = repeated(
      160,
      (index) => `fragment F${index} on N { ${repeated(12, (field) => `z${index}_${field}: s`)} }`,
    );

    expect(() => ask(`{ n { ${fields} } } ${fragments}`)).toThrow(
      'The document selects too many different fields under the same names to compare them.',
    );
  });

  it('refuses variables that are nested too deeply, used or not', () => {
    const deep = JSON.parse(`${'['.repeat(600)}${']'.repeat(600)}`) as unknown;

    expect(() => ask('{ n { s } }', { deep })).toThrow('The variables are nested more than 500 levels deep.');
    expect(ask('{ n { s } }', { deep: [deep].flat(200) }).kind).toBe('ready');
  });
});

it('counts lists and objects alike', () => {
  expect(isNestedDeeper({ a: [{ b: [] }] }, 4)).toBe(false);
  expect(isNestedDeeper({ a: [{ b: [] }] }, 3)).toBe(true);
});
