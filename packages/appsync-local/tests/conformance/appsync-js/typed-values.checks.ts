import { valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

type Row = [id: string, promise: string, expression: string, expected: unknown];

const recorded = ([id, promise, expression, expected]: Row): ValueRow => ({
  id,
  promise,
  source: 'localstack/appsync-utils, index.test.js.snap',
  evidence: 'observed',
  expression: `util.dynamodb.${expression}`,
  expected,
});

const documented = ([id, promise, expression, expected]: Row): ValueRow => ({
  ...recorded([id, promise, expression, expected]),
  source: '@aws-appsync/utils 2.1.1, dynamodb-utils.d.ts',
  evidence: 'documented',
});

/** `util.dynamodb`: the recorded values, numbers as JSON numbers. */
export const typedValueChecks = valueChecks([
  ...(
    [
      ['JSR-001', 'toDynamoDB makes a string S', 'toDynamoDB("test")', { S: 'test' }],
      ['JSR-002', 'toDynamoDB makes a number N, as a JSON number', 'toDynamoDB(12345)', { N: 12345 }],
      ['JSR-003', 'toDynamoDB makes a boolean BOOL', 'toDynamoDB(true)', { BOOL: true }],
      ['JSR-004', 'toString makes S', 'toString("test")', { S: 'test' }],
      [
        'JSR-005',
        'toStringSet makes SS',
        'toStringSet(["foo", "bar", "baz"])',
        { SS: ['foo', 'bar', 'baz'] },
      ],
      ['JSR-006', 'toNumber makes N, as a JSON number', 'toNumber(12345)', { N: 12345 }],
      [
        'JSR-007',
        'toNumberSet makes NS of JSON numbers',
        'toNumberSet([1, 23, 4.56])',
        { NS: [1, 23, 4.56] },
      ],
      ['JSR-008', 'toBinary makes B', 'toBinary("foo")', { B: 'foo' }],
      [
        'JSR-009',
        'toBinarySet makes BS',
        'toBinarySet(["foo", "bar", "baz"])',
        { BS: ['foo', 'bar', 'baz'] },
      ],
      ['JSR-010', 'toBoolean makes BOOL', 'toBoolean(true)', { BOOL: true }],
      ['JSR-011', 'toNull makes NULL null, not NULL true', 'toNull()', { NULL: null }],
      [
        'JSR-012',
        'toList makes L with every element typed',
        'toList(["foo", 123, { bar: "baz" }])',
        { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] },
      ],
      [
        'JSR-013',
        'toMap makes M with every member typed',
        'toMap({ foo: "bar", baz: 1234, beep: ["boop"] })',
        { M: { foo: { S: 'bar' }, baz: { N: 1234 }, beep: { L: [{ S: 'boop' }] } } },
      ],
      [
        'JSR-014',
        'toMapValues types the members without an M around them',
        'toMapValues({ foo: "bar", baz: 1234, beep: ["boop"] })',
        { foo: { S: 'bar' }, baz: { N: 1234 }, beep: { L: [{ S: 'boop' }] } },
      ],
      [
        'JSR-015',
        'toS3Object makes S of compact JSON',
        'toS3Object("foo", "bar", "baz")',
        { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz"}}' },
      ],
      [
        'JSR-016',
        'toS3Object puts a version last',
        'toS3Object("foo", "bar", "baz", "beep")',
        { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz","version":"beep"}}' },
      ],
    ] satisfies Row[]
  ).map(recorded),
  ...(
    [
      ['JSR-017', 'toString of null is null, not a typed null', 'toString(null)', null],
      ['JSR-018', 'toStringSet of null is null', 'toStringSet(null)', null],
      ['JSR-019', 'toNumber of null is null', 'toNumber(null)', null],
      ['JSR-020', 'toBoolean of null is null', 'toBoolean(null)', null],
      ['JSR-021', 'toDynamoDB never makes a set from a list', 'toDynamoDB(["a"])', { L: [{ S: 'a' }] }],
    ] satisfies Row[]
  ).map(documented),
]);
