import { describe, expect, it } from 'vitest';
import { evaluate } from '../harness/evaluate.ts';

const put = (payload: unknown) =>
  evaluate('Mutation.putItem', { arguments: { input: { id: 'a', payload } } }).error;

const lossy = (value: string, place: string) =>
  `number ${value} at ${place} may have lost digits: whole numbers are exact up to 9007199254740991; send it as a string, or write it with an import or SDK`;

describe('a number that the path may have rounded', () => {
  it.each<[string, unknown, string, string]>([
    ['2^53', 9007199254740992, '9007199254740992', ''],
    ['-2^53', -9007199254740992, '-9007199254740992', ''],

    ['20 digits', { a: 12345678901234567890 }, '12345678901234567000', '/a'],
    ['the largest double', [1, { b: [1.7976931348623157e308] }], '1.7976931348623157e+308', '/1/b/0'],
    ['a name with a tilde', { 'a~b': 9e16 }, '90000000000000000', '/a~0b'],
    ['a name with a slash', { 'a/b': 9e16 }, '90000000000000000', '/a~1b'],
    ['odd names', { 'sl/ash~x': { ' ': [9e15, 9e16] } }, '90000000000000000', '/sl~1ash~0x/ /1'],
    ['__proto__', JSON.parse('{"__proto__":{"n":1e20}}'), '100000000000000000000', '/__proto__/n'],
  ])('%s is refused with its value and place', (_, payload, value, pointer) => {
    expect(put(payload)).toEqual({
      message: lossy(value, pointer || 'the root'),
      errorType: 'BadRequest',
      data: null,
      errorInfo: { code: 'payload_number_inexact', retryable: false, field: 'payload', path: pointer },
    });
  });

  it.each([1e-131, -1e-131, 5e-324])('%d, which DynamoDB cannot hold, is refused', (value) => {
    expect(put([value])).toMatchObject({
      message: `number ${value} at /0 is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`,
      errorInfo: { code: 'payload_number_out_of_range', field: 'payload', path: '/0' },
    });
  });

  it('is found behind more than a thousand siblings, at every level', () => {
    const ones = Array.from({ length: 2500 }, () => 1);
    const members = Object.fromEntries(ones.map((_, n) => [`m${n}`, n]));

    expect(put([...ones, 1e16])).toMatchObject({ errorInfo: { path: '/2500' } });
    expect(put({ ...members, last: 1e16 })).toMatchObject({ errorInfo: { path: '/last' } });
    expect(put(ones.map((_, n) => ({ n: n === 2400 ? 1e16 : 0 })))).toMatchObject({
      errorInfo: { path: '/2400/n' },
    });
    expect(put({ rows: ones.map((_, n) => ['a', n === 2499 ? 1e16 : 0]) })).toMatchObject({
      errorInfo: { path: '/rows/2499/1' },
    });
  });

  it('is found at the end of the largest list that a request can hold', () => {
    const list = Array.from({ length: 500_000 }, () => 1);
    list[499_999] = 1e16;

    expect(put(list)).toMatchObject({ errorInfo: { path: '/499999' } });
  });
});

/** So many lists or maps inside each other. */
function nested(levels: number, shape: unknown[] | { a: unknown } = []): unknown {
  const wrap = (inner: unknown) => (Array.isArray(shape) ? [inner] : { a: inner });
  return Array.from({ length: levels - 1 }).reduce(wrap, shape);
}

describe('more than 31 lists and maps inside each other', () => {
  it.each<[string, unknown, string]>([
    ['lists', nested(32), '/0'.repeat(31)],
    ['maps', nested(32, { a: 1 }), '/a'.repeat(31)],
    ['behind others', [1, [2], { deep: nested(31) }], `/2/deep${'/0'.repeat(29)}`],
  ])('%s are refused with their place', (_, payload, pointer) => {
    expect(put(payload)).toEqual({
      message: `payload nests more than 31 lists and maps, which is DynamoDB's limit: flatten ${pointer}`,
      errorType: 'BadRequest',
      data: null,
      errorInfo: { code: 'payload_too_deep', retryable: false, field: 'payload', path: pointer },
    });
  });

  it('are refused in time, however many', () => {
    expect(put(nested(500))).toMatchObject({ errorInfo: { path: '/0'.repeat(31) } });
  });
});

describe('a member whose name is empty', () => {
  it.each<[unknown, string, string]>([
    [{ '': 1 }, 'the root', ''],
    [{ a: [{ '': 1 }] }, '/a/0', '/a/0'],
  ])('is refused: %j', (payload, place, pointer) => {
    expect(put(payload)).toMatchObject({
      errorType: 'BadRequest',
      message: `the member at ${place} has an empty name, which DynamoDB cannot store`,
      errorInfo: { field: 'payload', path: pointer },
    });
  });
});

describe('an unpaired surrogate', () => {
  const text = 'holds an unpaired surrogate, which DynamoDB cannot store';
  const name = 'has a name with an unpaired surrogate, which DynamoDB cannot store';
  const others = Array.from({ length: 2500 }, () => '😀');

  it.each<[string, unknown, string, string]>([
    ['the first half', '\ud800', `the text at the root ${text}`, ''],
    ['the second half', { a: ['b', '\udfff'] }, `the text at /a/1 ${text}`, '/a/1'],
    ['halves in the wrong order', ['\udc00\ud800'], `the text at /0 ${text}`, '/0'],
    ['two texts of one half each', ['\ud83d', '\ude00'], `the text at /0 ${text}`, '/0'],
    ['behind a backslash', ['\\\ud800'], `the text at /0 ${text}`, '/0'],
    ['behind others', [...others, '\ud800'], `the text at /2500 ${text}`, '/2500'],
    ['in a name', { '\ud800': 1 }, `the member at the root ${name}`, ''],
    ['in a name inside', { a: [{ 'b\udc00': 1 }] }, `the member at /a/0 ${name}`, '/a/0'],
  ])('%s is refused with its place', (_, payload, message, path) => {
    expect(put(payload)).toEqual({
      message,
      errorType: 'BadRequest',
      data: null,
      errorInfo: { code: 'unpaired_surrogate', retryable: false, field: 'payload', path },
    });
  });
});

it.each([
  ['zero', 0],
  ['surrogate pairs', { '😀': ['a😀', { '\u{10ffff}': null }] }],
  ['the text of an escape', { '\\ud800': '\\ud800' }],
  ['control characters', '\u0000\u001f\u2028\ufffe'],
  ['minus zero', -0],
  ['2^53 - 1', [9007199254740991, -9007199254740991]],
  ['what a client computed', { sum: 0.1 + 0.2, third: 1 / 3, pi: Math.PI }],
  ['the smallest DynamoDB holds', [1e-130, -1e-130]],
  ['digits in a text', { text: '12345678901234567890', '12345678901234567890': '1e999' }],
  ['no number at all', [null, true, '', [], {}]],
  ['31 lists inside each other', nested(31)],
  ['31 maps around a value', nested(31, { a: 1 })],
  ['no payload', undefined],
])('takes %s', (_, payload) => {
  expect(put(payload)).toBeUndefined();
});

describe('every write that takes a payload', () => {
  it('updateItem', () => {
    const { error } = evaluate('Mutation.updateItem', {
      arguments: { input: { id: 'a', payload: { n: 1, m: [1e20] } } },
    });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload', path: '/m/0' } });
  });

  it('putItem with a token', () => {
    const { error } = evaluate('Mutation.putItem', {
      arguments: { input: { id: 'a', payload: 1e20, clientRequestToken: 't' } },
    });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload', path: '' } });
  });

  it('putItems, for each item', () => {
    const items = [
      { id: 'a', payload: { n: 1 } },
      { id: 'b', payload: { n: 1e20 } },
    ];

    const { error } = evaluate('Mutation.putItems', { arguments: { input: { items } } });

    expect(error).toMatchObject({
      errorType: 'BadRequest',
      errorInfo: {
        items: [{ index: 1, id: 'b', errorType: 'BadRequest', field: 'payload', path: '/n' }],
      },
    });
  });
});

describe('a filter', () => {
  const list = (condition: object) =>
    evaluate('pipeline/read-items-page', {
      stash: evaluate('Query.listItems', {
        arguments: { filter: { payload: [{ path: 'n', ...condition }] } },
      }).stash,
    }).error;

  it.each<[string, unknown]>([
    ['eq', 1e20],
    ['ne', { deep: [1e20] }],
    ['lt', 1e-140],
    ['ge', -1e16],
    ['between', [1, 1e16]],
    ['in', [1, 2, 1e16]],
    ['contains', 1e16],
  ])('refuses %s with %j', (operator, operand) => {
    const error = list({ [operator]: operand });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'filter.payload' } });
    expect(error?.message).toMatch(
      /^filter has the number \S+; it may have whole numbers up to 9007199254740991/,
    );
  });

  it('takes numbers that are exact', () => {
    expect(list({ eq: 9007199254740991 })).toBeUndefined();
    expect(list({ between: [0.1, 0.1 + 0.2] })).toBeUndefined();
  });
});
