import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kind } from '../../../functions/put-validated-item/kind.ts';
import { validate } from '../../../functions/put-validated-item/validate.ts';
import { generateValidators } from '../../../schema/generate-validators.ts';

const $schema = 'https://json-schema.org/draft/2020-12/schema';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinds-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let counter = 0;

/** Generates from one kind called `thing` and loads what came out, as a bundler would. */
async function generate(schema: object, file = 'thing.schema.json'): Promise<Kind> {
  const directory = mkdtempSync(join(folder, 'case-'));
  writeFileSync(join(directory, file), JSON.stringify({ $schema, ...schema }));
  const { code } = await generateValidators(directory);
  const module = join(folder, `kinds-${(counter += 1)}.mjs`);
  writeFileSync(module, code);
  const { kinds } = (await import(pathToFileURL(module).href)) as { kinds: [Kind] };
  return kinds[0];
}

test('what is committed is what the schemas generate', async () => {
  const committed = (name: string) =>
    readFileSync(new URL(`../../../schema/generated/${name}`, import.meta.url), 'utf8');

  const { code, declaration } = await generateValidators();

  expect(code === committed('kinds.js'), 'run: node --import tsx schema/generate-validators.ts').toBe(true);
  expect(declaration).toBe(committed('kinds.d.ts'));
});

test('a kind carries its schema as written and its extensions as data', async () => {
  const schema = {
    type: 'object',
    'x-unique': ['/codes/*'],
    'x-references': ['/parent'],
    'x-rules': [{ rule: 'gtin', path: '/ean' }],
    properties: { codes: { type: 'array', items: { $ref: '#/$defs/code' } }, parent: {}, ean: {} },
    $defs: { code: { type: 'string' } },
  };

  const kind = await generate(schema, 'purchase-order.schema.json');

  expect(kind).toMatchObject({
    kind: 'purchase-order',
    unique: ['/codes/*'],
    references: ['/parent'],
    rules: [{ rule: 'gtin', path: '/ean' }],
  });
  expect(kind.schema).toEqual({ $schema, ...schema });
});

describe('a kind that cannot be right is refused', () => {
  const object = { type: 'object', properties: { a: { type: 'string' } } };

  test.each<[string, object, string]>([
    [
      'a type there is not',
      { type: 'objet' },
      'thing.schema.json is no JSON Schema: /type must be equal to one of the allowed values',
    ],
    [
      'an unknown rule',
      { ...object, 'x-rules': [{ rule: 'gtim', path: '/a' }] },
      'x-rules names rule "gtim"; there are gtin',
    ],
    [
      'a rule inherited by all objects',
      { ...object, 'x-rules': [{ rule: 'toString', path: '/a' }] },
      'there are gtin',
    ],
    [
      'a pointer that leads nowhere',
      { ...object, 'x-unique': ['/b'] },
      'x-unique points at /b, but the schema describes no such',
    ],
    ['a * below what is no list', { ...object, 'x-unique': ['/a/*'] }, 'x-unique points at /a/*'],
    [
      'what is no pointer',
      { ...object, 'x-references': ['a'] },
      'x-references has "a", which is no JSON Pointer',
    ],
    ['what is no list', { ...object, 'x-unique': '/a' }, 'x-unique is "/a", must be a list'],
    ['a misspelt keyword', { ...object, 'x-uniqe': ['/a'] }, 'strict mode: unknown keyword: "x-uniqe"'],
    ['an unknown format', { type: 'string', format: 'dte' }, 'unknown format "dte"'],
    ['a reference that leads nowhere', { $ref: '#/$defs/no' }, "can't resolve reference #/$defs/no"],
    ['another dialect', { $schema: 'http://json-schema.org/draft-07/schema#' }, '"$schema" must be'],
  ])('%s', async (_, schema, message) => {
    await expect(generate(schema)).rejects.toThrow('thing.schema.json');
    await expect(generate(schema)).rejects.toThrow(message);
  });

  test('a name that cannot be part of a key', async () => {
    await expect(generate(object, 'My#Kind.schema.json')).rejects.toThrow(
      'My#Kind.schema.json: a kind is named in',
    );
  });
});

describe('noise', () => {
  const violationsOf = async (schema: object, payload: unknown): Promise<string[]> =>
    validate(await generate(schema), payload).map(({ path, rule }) => `${path} ${rule}`);

  test('of if/then is left out', async () => {
    const schema = {
      type: 'object',
      properties: { sold: { type: 'boolean' }, buyer: { type: 'string' } },
      if: { properties: { sold: { const: true } } },
      then: { required: ['buyer'] },
    };

    expect(await violationsOf(schema, { sold: true })).toEqual(['/buyer required']);
  });

  const shapes = {
    oneOf: [{ $ref: '#/$defs/circle' }, { $ref: '#/$defs/square' }],
    $defs: {
      circle: {
        type: 'object',
        required: ['shape', 'radius', 'centre'],
        properties: {
          shape: { const: 'circle' },
          radius: { $ref: '#/$defs/length' },
          centre: { type: 'string' },
        },
      },
      square: {
        type: 'object',
        required: ['shape', 'side'],
        properties: { shape: { const: 'square' }, side: { $ref: '#/$defs/length' } },
      },
      length: { type: 'number', minimum: 1 },
    },
  };

  test('of a oneOf leaves the branch whose tag fits, though it has more errors', async () => {
    expect(await violationsOf(shapes, { shape: 'circle', radius: 0 })).toEqual([
      '/centre required',
      '/radius minimum',
    ]);
  });

  test('of a oneOf in a list is told apart by element', async () => {
    const list = { type: 'array', items: { oneOf: shapes.oneOf }, $defs: shapes.$defs };

    expect(await violationsOf(list, [{ shape: 'square' }, { shape: 'circle', centre: 'a' }])).toEqual([
      '/0/side required',
      '/1/radius required',
    ]);
  });

  test('of a oneOf leaves only the oneOf when no branch is nearer', async () => {
    expect(await violationsOf({ oneOf: [{ type: 'string' }, { type: 'number' }] }, true)).toEqual([' oneOf']);
  });

  test('of a oneOf that fits twice leaves only the oneOf', async () => {
    const schema = { type: 'number', oneOf: [{ minimum: 1 }, { minimum: 2 }, { maximum: 0 }] };

    expect(await violationsOf(schema, 3)).toEqual([' oneOf']);
  });

  test('of an inner anyOf is resolved before the outer one', async () => {
    const inner = {
      type: 'object',
      properties: { n: { type: 'number', anyOf: [{ const: -1 }, { minimum: 5 }] } },
    };
    const schema = { anyOf: [{ type: 'string' }, inner] };

    expect(await violationsOf(schema, { n: 2 })).toEqual(['/n minimum']);
  });

  test('of contains leaves out the elements that did not fit', async () => {
    const schema = { type: 'array', contains: { type: 'number' } };

    expect(await violationsOf(schema, ['a', 'b'])).toEqual([' contains']);
  });

  test('of two ways to one keyword is reported once', async () => {
    const schema = { type: 'object', allOf: [{ required: ['a'] }, { required: ['a'] }] };

    expect(await violationsOf(schema, {})).toEqual(['/a required']);
  });
});

test('a schema that refers to itself is compiled', async () => {
  const kind = await generate({
    $ref: '#/$defs/tree',
    $defs: {
      tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/tree' } } } },
    },
  });

  expect(validate(kind, { children: [{ children: [5] }] })).toMatchObject([
    { path: '/children/0/children/0', rule: 'type' },
  ]);
});
