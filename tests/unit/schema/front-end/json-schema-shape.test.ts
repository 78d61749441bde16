import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../../schema/front-end/json-schema-shape.ts';

describe('a schema says of types', () => {
  it.each<[string, object, object]>([
    ['what it says of values, without limits', { type: 'string', maxLength: 3 }, { type: 'string' }],
    [
      'a tuple where a list has exactly so many elements',
      { prefixItems: [{ type: 'number' }, { type: 'string' }], minItems: 2, items: false },
      { items: [{ type: 'number' }, { type: 'string' }], additionalItems: false },
    ],
    [
      'elements of any of the types where a list may be shorter',
      { prefixItems: [{ type: 'number' }, { type: 'string' }], items: false },
      { items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
    ],
    [
      'elements of any of the types where a list may be longer',
      { prefixItems: [{ type: 'number' }], minItems: 1, items: { type: 'null' } },
      { items: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
    ],
    [
      'nothing by alternatives of which one only checks',
      { type: 'number', anyOf: [{ const: -1 }, { exclusiveMinimum: 0 }] },
      { type: 'number' },
    ],
    [
      'nothing by alternatives of what is required',
      { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { type: 'object' },
    ],
    [
      'alternatives of shape',
      { oneOf: [{ type: 'string' }, { properties: { a: true } }] },
      { oneOf: [{ type: 'string' }, { properties: { a: true } }] },
    ],
    [
      'what stands beside a reference, too',
      { $ref: '#/$defs/a', properties: { b: {} }, $defs: { a: { type: 'object' } } },
      { allOf: [{ $ref: '#/$defs/a' }, { properties: { b: {} } }], $defs: { a: { type: 'object' } } },
    ],
    [
      'what an anchor names',
      { properties: { a: { $ref: '#word' } }, $defs: { 'x/y': { $anchor: 'word', type: 'string' } } },
      {
        properties: { a: { allOf: [{ $ref: '#/$defs/x~1y' }] } },
        $defs: { 'x/y': { type: 'string' } },
      },
    ],
    [
      'its title in the description, but that of the whole',
      { title: 'Thing', properties: { a: { title: 'A', description: 'First.' }, b: { title: 'B' } } },
      { properties: { a: { description: 'A. First.' }, b: { description: 'B.' } } },
    ],
  ])('%s', (_, schema, shape) => {
    expect(shapeOf(schema as Record<string, unknown>)).toEqual(shape);
  });
});

it('brings no TypeScript along: no types of its own, and no end of a comment', () => {
  const hostile = { description: '*/ boom() /*', tsType: 'boom()', properties: { a: { tsType: 'boom()' } } };

  expect(shapeOf(hostile)).toEqual({ description: '* / boom() /*.', properties: { a: {} } });
});
