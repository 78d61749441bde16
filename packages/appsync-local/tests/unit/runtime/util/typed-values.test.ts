import { expect, it } from 'vitest';
import { messageOf, run, valueOf } from '../harness/evaluate.ts';

// Recorded on AWS by localstack/appsync-utils (index.test.js).
it.each([
  ["toDynamoDB('test')", { S: 'test' }],
  ['toDynamoDB(12345)', { N: 12345 }],
  ['toDynamoDB(true)', { BOOL: true }],
  ['toDynamoDB(null)', { NULL: null }],
  ["toString('test')", { S: 'test' }],
  ["toStringSet(['foo', 'bar'])", { SS: ['foo', 'bar'] }],
  ['toNumber(12345)', { N: 12345 }],
  ['toNumberSet([1, 23, 4.56])', { NS: [1, 23, 4.56] }],
  ["toBinary('foo')", { B: 'foo' }],
  ["toBinarySet(['foo'])", { BS: ['foo'] }],
  ['toBoolean(true)', { BOOL: true }],
  ['toNull()', { NULL: null }],
  ["toList(['foo', 123, { bar: 'baz' }])", { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] }],
  ["toMap({ foo: 'bar', beep: ['boop'] })", { M: { foo: { S: 'bar' }, beep: { L: [{ S: 'boop' }] } } }],
  ["toMapValues({ foo: 'bar', baz: 1234 })", { foo: { S: 'bar' }, baz: { N: 1234 } }],
  ["toS3Object('foo', 'bar', 'baz')", { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz"}}' }],
  [
    "toS3Object('foo', 'bar', 'baz', 'beep')",
    { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz","version":"beep"}}' },
  ],
  [
    `fromS3ObjectJson('{"s3":{"key":"foo","bucket":"bar","region":"baz"}}')`,
    { key: 'foo', bucket: 'bar', region: 'baz' },
  ],
  ["fromS3ObjectJson('none')", null],
])('evaluates util.dynamodb.%s', (call, expected) => {
  const value = valueOf(`util.dynamodb.${call}`);

  expect(value).toEqual(expected);
});

it.each([
  'toString',
  'toStringSet',
  'toNumber',
  'toNumberSet',
  'toBinary',
  'toBinarySet',
  'toBoolean',
  'toList',
  'toMap',
])('gives null for null and undefined with util.dynamodb.%s', (name) => {
  const value = valueOf(`[util.dynamodb.${name}(null), util.dynamodb.${name}(undefined)]`);

  expect(value).toEqual([null, null]);
});

it('leaves out members that are undefined', () => {
  const value = valueOf('util.dynamodb.toMapValues({ a: undefined, b: null, c: 0 })');

  expect(value).toEqual({ b: { NULL: null }, c: { N: 0 } });
});

// toDynamoDB and toMapValues are done within the realm, toList and toMap outside it.
it.each([
  '[1, "a", true, null, undefined, 0 / 0, -1 / 0, -0, () => 1]',
  '{ a: undefined, b: () => 1, c: [{}], d: {}, e: [], f: 0 / 0, toString: "own", valueOf: 1, "": 2, "9": 3, x: 4 }',
  `JSON.parse('{ "__proto__": { "a": 1 }, "constructor": [2] }')`,
  'Object.assign([1], { more: 2 })',
  'ctx.args.deep',
])('types %s within lists and maps alike', (value) => {
  const deep = JSON.parse(`${'[{"a":'.repeat(150)}1${'}]'.repeat(150)}`) as unknown;
  const inside = `[util.dynamodb.toDynamoDB(${value}), util.dynamodb.toMapValues({ value: ${value} }).value]`;
  const outside = `util.dynamodb.toList([${value}, ${value}]).L`;

  const typed = valueOf(inside, { arguments: { deep } });

  expect(typed).toEqual(valueOf(outside, { arguments: { deep } }));
  expect(JSON.stringify(typed)).toBe(JSON.stringify(valueOf(outside, { arguments: { deep } })));
});

it.each(['toDynamoDB', 'toMapValues'])('refuses what refers to itself with %s', (helper) => {
  const evaluation = run(`const a = {}; a.a = [a]; return util.dynamodb.${helper}(a);`);

  expect(evaluation).toMatchObject({
    kind: 'raised',
    error: { message: expect.stringMatching(/code\.js:4:\d+: The value refers to itself/) as string },
  });
});

it.each(['[1]', '"a"', '7', '0 / 0'])('refuses the members of %s', (value) => {
  expect(messageOf(`util.dynamodb.toMapValues(${value})`)).toMatch(/toMapValues takes an object, not /);
});

it('names a set that is no list', () => {
  const message = messageOf("util.dynamodb.toStringSet('a')");

  expect(message).toContain('util.dynamodb.toStringSet takes a list, not "a"');
});
