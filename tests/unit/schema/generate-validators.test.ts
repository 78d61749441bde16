import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kind } from '../../../model/kinds/kind.ts';
import { validate } from '../../../model/kinds/validate.ts';
import { generateValidators } from '../../../schema/generate-validators.ts';

const $schema = 'https://json-schema.org/draft/2020-12/schema';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinds-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let counter = 0;

/** Generates from one kind called `thing` and loads what came out, as a bundler would. */
async function generate(schema: object, file = 'thing.schema.json', mark = ''): Promise<Kind> {
  const directory = mkdtempSync(join(folder, 'case-'));
  writeFileSync(join(directory, file), `${mark}${JSON.stringify({ $schema, ...schema })}`);
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

  expect(code === committed('kinds.js'), 'run: npm run codegen').toBe(true);
  expect(declaration).toBe(committed('kinds.d.ts'));
});

test('what is generated is the same wherever the packages are', async () => {
  const { code } = await generateValidators();

  expect(code).toContain('// package:ajv/dist/runtime/');
  expect(code).not.toContain('node_modules');
});

test('a kind carries its schema as written and its extensions as data', async () => {
  const schema = {
    type: 'object',
    'x-unique': ['/codes/*'],
    'x-references': ['/parent', { path: '/codes/*', kind: 'purchase-order' }, { path: '/ean' }],
    'x-rules': [{ rule: 'gtin', path: '/ean' }],
    properties: { codes: { type: 'array', items: { $ref: '#/$defs/code' } }, parent: {}, ean: {} },
    $defs: { code: { type: 'string' } },
  };

  const kind = await generate(schema, 'purchase-order.schema.json');

  expect(kind).toMatchObject({
    kind: 'purchase-order',
    unique: ['/codes/*'],
    references: [
      { path: '/parent', kind: null },
      { path: '/codes/*', kind: 'purchase-order' },
      { path: '/ean', kind: null },
    ],
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
    [
      'a reference to a kind that there is not',
      { ...object, 'x-references': [{ path: '/a', kind: 'ting' }] },
      'x-references names kind "ting"; there are thing',
    ],
    [
      'a reference with a member that means nothing',
      { ...object, 'x-references': [{ path: '/a', kinds: ['thing'] }] },
      'x-references has a member kinds; there are path and kind',
    ],
    [
      'a reference without a path',
      { ...object, 'x-references': [{ kind: 'thing' }] },
      'x-references has undefined, which is no JSON Pointer',
    ],
    ['what is no list', { ...object, 'x-unique': '/a' }, 'x-unique is "/a", must be a list'],
    ['a misspelt keyword', { ...object, 'x-uniqe': ['/a'] }, 'strict mode: unknown keyword: "x-uniqe"'],
    ['an unknown format', { type: 'string', format: 'dte' }, 'unknown format "dte"'],
    ['a reference that leads nowhere', { $ref: '#/$defs/no' }, "can't resolve reference #/$defs/no"],
    [
      'a member that JavaScript keeps for itself',
      { type: 'object', properties: { a: { properties: { ['__proto__']: { type: 'string' } } } } },
      'describes a member called __proto__, which no validator looks at: choose another name',
    ],
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

const violationsOf = async (schema: object, payload: unknown): Promise<string[]> =>
  validate(await generate(schema), payload).map(({ path, rule }) => `${path} ${rule}`);

test('a file may begin with a byte order mark, as editors of Windows put it', async () => {
  const kind = await generate({ type: 'string' }, 'thing.schema.json', '\uFEFF');

  expect(validate(kind, 5)).toHaveLength(1);
});

test.each([
  ['UTF-16, as Windows PowerShell writes it', 'utf16le', 'is not UTF-8; save it with that encoding'],
  ['Latin-1', 'latin1', 'is not UTF-8; save it with that encoding'],
] as const)('a file in %s is told so', async (_, encoding, message) => {
  const directory = mkdtempSync(join(folder, 'case-'));
  const text = JSON.stringify({ $schema, type: 'string', const: 'caf\u00e9' });
  writeFileSync(
    join(directory, 'thing.schema.json'),
    `${encoding === 'latin1' ? '' : '\uFEFF'}${text}`,
    encoding,
  );

  await expect(generateValidators(directory)).rejects.toThrow(`thing.schema.json ${message}`);
});

test.each([
  [{ minContains: 2 }, [1], 'must contain at least 2 fitting elements'],
  [{ minContains: 2, maxContains: 3 }, [1, 2, 3, 4], 'must contain 2 to 3 fitting elements'],
  [{ maxContains: 1 }, [1, 2], 'must contain exactly 1 fitting element'],
  [{ minContains: 0, maxContains: 2 }, [1, 2, 3], 'must contain at most 2 fitting elements'],
  [{ minContains: 0, maxContains: 0 }, [1], 'must contain no fitting element'],
])('contains with %j says how many may fit', async (counts, payload, message) => {
  const kind = await generate({ type: 'array', contains: { type: 'number' }, ...counts });

  expect(validate(kind, payload)).toEqual([{ path: '', rule: 'contains', message }]);
});

test('a reference may be an anchor, for values and for what x-unique points at', async () => {
  const schema = {
    type: 'object',
    'x-unique': ['/codes/*/code'],
    properties: { codes: { $ref: '#list' } },
    $defs: {
      list: { $anchor: 'list', type: 'array', items: { $ref: '#entry' } },
      entry: { $anchor: 'entry', type: 'object', properties: { code: { type: 'string' } } },
    },
  };

  expect(await violationsOf(schema, { codes: [{ code: 'a' }, { code: 1 }] })).toEqual(['/codes/1/code type']);
});

test('members called as those of all objects are missing where they are not given', async () => {
  const schema = {
    type: 'object',
    required: ['constructor', 'toString'],
    properties: {
      constructor: { type: 'string' },
      toString: { type: 'string' },
      valueOf: { type: 'string' },
    },
    dependentRequired: { hasOwnProperty: ['a'] },
  };

  expect(await violationsOf(schema, {})).toEqual(['/constructor required', '/toString required']);
  expect(await violationsOf(schema, { constructor: 'a', toString: 1 })).toEqual(['/toString type']);
});

test.each([
  [0.01, [0, 0.07, 0.14, 0.29, 8.69, 1e21, 123456789012.34], [0.005, 0.071, 8.691, 1e-7]],
  [0.1, [0.3, 21.1, 100.1, -0.7], [0.35, 0.30000000000000004]],
  [7, [0, -0, 21, 9007199254740988], [1, 22, 9007199254740991, 3.5]],
  [1.5, [3, 4.5, 1.5e300], [2, 1]],
  [1e-10, [1, 0.1, 3e-10], [3.5e-10]],
])('multiples of %d are those of the decimals that people write', async (multipleOf, taken, refused) => {
  const kind = await generate({ type: 'number', multipleOf });
  const isTaken = (value: number): boolean => validate(kind, value).length === 0;

  expect(taken.filter((value) => !isTaken(value))).toEqual([]);
  expect(refused.filter(isTaken)).toEqual([]);
});

test('definitions may refer to each other, each to all', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `node${index}`);
  const links = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
  const schema = {
    'x-unique': ['/node3/node7/node3/id'],
    oneOf: [{ type: 'string' }, { $ref: '#/$defs/node0' }],
    $defs: Object.fromEntries(
      names.map((name) => [
        name,
        { type: 'object', properties: { id: { type: 'string', minLength: 2 }, ...links } },
      ]),
    ),
  };

  expect(await violationsOf(schema, { node3: { node7: { id: 'a' } } })).toEqual([
    '/node3/node7/id minLength',
  ]);
});

test('a list of objects names the first that repeats another', async () => {
  const kind = await generate({ type: 'array', uniqueItems: true });
  const list = [{ a: 1, b: [2] }, { a: 1 }, 1, '1', { b: [2], a: 1 }, { a: 1 }];

  expect(validate(kind, list.slice(0, 4))).toEqual([]);
  expect(validate(kind, list)).toEqual([
    { path: '', rule: 'uniqueItems', message: 'elements 0 and 4 must differ' },
  ]);
  expect(validate(await generate({ type: 'array', uniqueItems: false }), [1, 1])).toEqual([]);
});

test('a name that breaks a rule it refers to is called a name', async () => {
  const schema = {
    type: 'object',
    propertyNames: { $ref: '#/$defs/code' },
    $defs: { code: { maxLength: 1, type: 'string' } },
  };

  expect(validate(await generate(schema), { ab: 1 })).toEqual([
    { path: '/ab', rule: 'maxLength', message: 'this name must have at most 1 character' },
  ]);
});

/** Both would take the square of the list's length if each error were looked at, or copied, for each other one. */
describe('in a long list every element is told', () => {
  const shape = (tag: string, member: string) => ({
    type: 'object',
    required: ['tag', member],
    properties: { tag: { const: tag }, [member]: { type: 'string' } },
  });

  test('of a oneOf', async () => {
    const schema = { type: 'array', items: { oneOf: [shape('a', 'x'), shape('b', 'y')] } };
    const list = Array.from({ length: 20_000 }, (_, x) => ({ tag: 'a', x }));

    const violations = await violationsOf(schema, list);

    expect(violations).toHaveLength(list.length);
    expect(violations.at(-1)).toBe('/19999/x type');
  });

  test('of a definition', async () => {
    const schema = { type: 'array', items: { $ref: '#/$defs/word' }, $defs: { word: { type: 'string' } } };
    const list = Array.from({ length: 150_000 }, (_, n) => n);

    expect(await violationsOf(schema, list)).toHaveLength(list.length);
  });

  test('that must differ, by the first pair', async () => {
    const list = Array.from({ length: 50_000 }, (_, n) => ({ n }));

    expect(await violationsOf({ type: 'array', uniqueItems: true }, [...list, { n: 0 }])).toEqual([
      ' uniqueItems',
    ]);
  });
});

/** Each branch refers to the same schema for the same values: asked anew for each, ten levels of four branches were a million questions. */
describe('expressions within expressions are told in time', () => {
  const operation = (op: string) => ({
    type: 'object',
    required: ['op', 'left', 'right'],
    properties: {
      op: { const: op },
      left: { $ref: '#/$defs/expression' },
      right: { $ref: '#/$defs/expression' },
    },
    unevaluatedProperties: false,
  });
  const schema = {
    $ref: '#/$defs/expression',
    $defs: { expression: { oneOf: [{ type: 'number' }, ...['+', '-', '*', '/'].map(operation)] } },
  };
  const nested = (levels: number, innermost: unknown): unknown =>
    levels === 0 ? innermost : { op: '+', left: nested(levels - 1, innermost), right: 1 };
  const full = (levels: number, innermost: unknown): unknown =>
    levels === 0
      ? innermost
      : { op: '*', left: full(levels - 1, innermost), right: full(levels - 1, innermost) };

  test.each([
    ['that are right', nested(30, 1), []],
    ['with a wrong value inside', nested(30, 'x'), [`${'/left'.repeat(30)} oneOf`]],
    [
      'with a member too many inside',
      nested(30, { op: '/', left: 1, right: 1, mid: 1 }),
      [`${'/left'.repeat(30)}/mid unevaluatedProperties`],
    ],
  ])('%s', async (_, payload, violations) => {
    expect(await violationsOf(schema, payload)).toEqual(violations);
  });

  test('with a thousand wrong values inside, of the branch whose tag fits', async () => {
    const violations = await violationsOf(schema, full(11, 'x'));

    expect(violations).toHaveLength(2 ** 11);
    expect(violations[0]).toBe(`${'/left'.repeat(11)} oneOf`);
  });

  test('at each place where one value stands', async () => {
    const wrong = { op: '%' };
    const schemaOfList = { ...schema, $ref: undefined, type: 'array', items: { $ref: '#/$defs/expression' } };

    expect(await violationsOf(schemaOfList, [wrong, wrong])).toEqual(['/0 type', '/1 type']);
  });
});

describe('noise', () => {
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
