import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import countries from 'world-countries';
import type { Kind } from '../../../../model/kinds/kind.ts';
import { rules } from '../../../../model/kinds/rules/registry.ts';
import type { Rule } from '../../../../model/kinds/rules/rule.ts';
import { validate } from '../../../../model/kinds/validate.ts';
import { kinds } from '../../../../schema/generated/kinds.js';

function kindNamed(name: string): Kind {
  const kind = kinds.find((one) => one.kind === name);
  if (!kind) {
    throw new Error(`no kind ${name}`);
  }
  return kind;
}

const productViolations = (more: object) =>
  validate(kindNamed('product'), {
    sku: 'BOOT-1',
    name: 'Boots',
    price: { amountMinor: 12900, currency: 'EUR' },
    ...more,
  });

const countryViolations = (more: object) => validate(kindNamed('country'), { ...countries[0], ...more });

describe('countries', () => {
  test('all 250 of the data set are valid', () => {
    const broken = countries.filter((country) => validate(kindNamed('country'), country).length > 0);

    expect(countries).toHaveLength(250);
    expect(broken).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['an unknown member', { population: 5 }, { path: '/population', rule: 'additionalProperties' }],
    [
      'a lower-case code',
      { cca2: 'aw' },
      { path: '/cca2', rule: 'pattern', message: 'must match ^[A-Z]{2}$, not "aw"' },
    ],
    [
      'a latitude off the globe',
      { latlng: [91, 0] },
      { path: '/latlng/0', message: 'must be at most 90, not 91' },
    ],
    [
      'three coordinates',
      { latlng: [1, 2, 3] },
      { path: '/latlng', message: 'must have at most 2 elements' },
    ],
    ['one coordinate', { latlng: [1] }, { path: '/latlng', message: 'must have at least 2 elements' }],
    ['a negative area', { area: -5 }, { path: '/area', message: 'must be greater than 0, not -5' }],
    [
      'a neighbour twice',
      { borders: ['DEU', 'FRA', 'DEU'] },
      { path: '/borders', message: 'elements 0 and 2 must differ' },
    ],
    ['a bad name of a member', { languages: { DE: 'German' } }, { path: '/languages/DE', rule: 'pattern' }],
    ['a flag that is none', { flag: 'AW' }, { path: '/flag', rule: 'pattern' }],
    ['a wrong type', { independent: 'no' }, { message: 'must be true or false or null, not "no"' }],
  ])('%s is one violation', (_, more, violation) => {
    const violations = countryViolations(more);

    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject(violation);
  });
});

describe('products', () => {
  test('a full one is valid', () => {
    const violations = productViolations({
      gtin: '4006381333931',
      variants: [
        { sku: 'BOOT-1-42', attributes: { size: '42' } },
        { sku: 'BOOT-1-43', price: { amountMinor: 0, currency: 'CHF' } },
      ],
      categories: ['shoes/hiking'],
      dimensions: { width: 30, height: 12.5, depth: 20, unit: 'cm' },
      releasedOn: '2024-02-29',
      homepage: 'https://example.com/boots?a=1',
      replaces: 'boots-0',
      discontinued: false,
    });

    expect(violations).toEqual([]);
  });

  test('all violations are reported at once, each at the member at fault', () => {
    const violations = productViolations({
      sku: 'boot 1',
      name: undefined,
      gtin: '4006381333932',
      price: { amountMinor: -1, currency: 'EURO' },
      variants: [{ sku: 'V' }, { sku: 'V', price: {} }],
      dimensions: { width: 0, height: '12', depth: 1, unit: 'cm', weight: 3 },
      releasedOn: '2026-02-30',
      homepage: 'example.com',
      replaces: '',
      'a/b': 1,
    });

    expect(violations.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual([
      '/a~1b additionalProperties',
      '/dimensions/height type',
      '/dimensions/weight additionalProperties',
      '/dimensions/width exclusiveMinimum',
      '/gtin gtin',
      '/homepage format',
      '/homepage pattern',
      '/name required',
      '/price/amountMinor minimum',
      '/price/currency enum',
      '/releasedOn format',
      '/replaces minLength',
      '/replaces x-references',
      '/sku pattern',
      '/variants/1/price/amountMinor required',
      '/variants/1/price/currency required',
      '/variants/1/sku x-unique',
    ]);
  });

  test.each<[object, string]>([
    [{ name: '' }, 'must have at least 1 character, not ""'],
    [{ name: 'x'.repeat(201) }, 'must have at most 200 characters'],
    [{ releasedOn: '2026-02-30' }, 'must be a date like 2026-11-23, not "2026-02-30"'],
    [{ dimensions: { width: 1, height: 1, depth: 1, unit: 'km' } }, 'must be one of mm, cm, m, in, not "km"'],
    [{ discontinued: 'yes' }, 'must be true or false, not "yes"'],
    [{ variants: {} }, 'must be an array, not {}'],
    [{ extra: 1 }, 'is not a member the schema knows'],
    [{ gtin: '4006381333932' }, 'must end in the check digit 1, not "4006381333932"'],
    [{ variants: [{ sku: 'A' }, { sku: 'A' }] }, 'must be unique, "A" is also at /variants/0/sku'],
    [{ variants: [{ sku: 'A', attributes: { Size: '1' } }] }, 'this name must match ^[a-z][A-Za-z0-9]*$'],
  ])('%j reads well', (more, message) => {
    expect(productViolations(more).map((violation) => violation.message)).toEqual([message]);
  });

  test('a long list of choices is cut short', () => {
    const [violation] = productViolations({ price: { amountMinor: 1, currency: 'EURO' } });

    expect(violation?.message).toMatch(
      /^must be one of AED, AFN, .*, … \(135 more, see the schema of the kind\), not "EURO"$/,
    );
  });

  test.each([null, 'text', 5, []])('the payload %j is one violation at the root', (payload) => {
    expect(validate(kindNamed('product'), payload)).toMatchObject([{ path: '', rule: 'type' }]);
  });
});

describe('a rule in code', () => {
  /** Relies on the schema: throws where `lines` is no list of numbers. */
  const total: Rule = (value) => {
    const { lines } = value as { lines: number[] };
    const sum = lines.reduce((all, line) => all + Math.trunc(line.valueOf()), 0);
    return sum > 10 ? `must add up to 10 at most, not to ${sum}` : null;
  };
  const registry = rules as Record<string, Rule>;
  beforeAll(() => {
    registry['total'] = total;
  });
  afterAll(() => {
    delete registry['total'];
  });

  /** Broken at the paths that it is given, as Ajv says it. */
  const order = (...broken: string[]): Kind => ({
    kind: 'order',
    schema: {},
    validate: Object.assign(() => broken.length === 0, {
      errors: broken.map((instancePath) => ({
        keyword: 'type',
        instancePath,
        schemaPath: '',
        params: { type: 'array' },
      })),
    }),
    unique: [],
    references: [],
    rules: [{ rule: 'total', path: '/orders/*' }],
  });
  const found = (kind: Kind, orders: unknown[]) =>
    validate(kind, { orders }).map(({ path, rule }) => `${path} ${rule}`);
  const large = { lines: [6, 6] };

  test('is asked about what the schema accepts', () => {
    expect(found(order(), [large, { lines: [] }])).toEqual(['/orders/0 total']);
    expect(found(order('/name'), [large])).toEqual(['/name type', '/orders/0 total']);
    expect(found(order('/orders/1/lines'), [large, { lines: 'a' }])).toEqual([
      '/orders/1/lines type',
      '/orders/0 total',
    ]);
    expect(
      found(
        order('/orders/1'),
        Array.from({ length: 11 }, () => large),
      ).slice(0, 2),
    ).toEqual(['/orders/1 type', '/orders/0 total']);
    expect(
      found(
        order('/orders/1'),
        Array.from({ length: 11 }, () => large),
      ),
    ).toContain('/orders/10 total');
  });

  test.each([
    ['itself', '/orders/0', [null]],
    ['inside it', '/orders/0/lines', [{}]],
    ['deep inside it', '/orders/0/lines/0', [{ lines: [null] }]],
    ['around it', '/orders', [{}]],
    ['of the whole payload', '', [{}]],
  ])('is not asked about a value with something wrong %s', (_, path, orders) => {
    expect(found(order(path), orders)).toEqual([`${path} type`]);
  });
});
