import { expect, it } from 'vitest';
import { messageOf, valueOf } from '../evaluate.ts';

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

it('names a set that is no list', () => {
  const message = messageOf("util.dynamodb.toStringSet('a')");

  expect(message).toContain('util.dynamodb.toStringSet takes a list, not "a"');
});
