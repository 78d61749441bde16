import { expect, test } from 'vitest';
import { exactVariables } from '../../../../src/graphql/coercion/exact-variables.ts';
import { isWholeDecimal, isZeroDecimal, JsonNumber } from '../../../../src/graphql/coercion/json-number.ts';

function read(variables: string): unknown {
  const text = `{"query":"{ a }","variables":${variables}}`;
  return exactVariables(text, (JSON.parse(text) as { variables: Record<string, unknown> }).variables);
}

const exact = (written: string): JsonNumber => new JsonNumber(written);

test.each([
  '{"a":1,"b":[0.5,-2,123456789012345],"c":"12345678901234567890"}',
  '{"t":"2026-01-01T00:00:00.000Z","n":1}',
  '{"text":"{\\"a\\":1.0,\\"b\\":12345678901234567890}"}',
  '{"quote":"\\\\","n":"\\":1.0"}',
  '{"a":1.7976931348623157}',
])('what JavaScript writes as the client did stays as it is: %s', (variables) => {
  const text = `{"variables":${variables}}`;
  const plain = (JSON.parse(text) as { variables: Record<string, unknown> }).variables;

  expect(exactVariables(text, plain)).toBe(plain);
});

test.each([
  ['{"a":1234567890123456789}', { a: exact('1234567890123456789') }],
  ['{"a": -0, "b": 0}', { a: exact('-0'), b: 0 }],
  ['{"a":[1e400,5.0,1]}', { a: [exact('1e400'), exact('5.0'), 1] }],
  ['{"a":{"b":[{"c":0.10}]},"d":"\\"1.0"}', { a: { b: [{ c: exact('0.10') }] }, d: '"1.0' }],
  ['{"__proto__":{"a":5.0}}', JSON.parse('{"__proto__":null}') as object],
])('%s has numbers as the client wrote them', (variables, expected) => {
  const variablesRead = read(variables) as object;

  if (Object.hasOwn(expected, '__proto__')) {
    expect(Object.getPrototypeOf(variablesRead)).toBe(Object.prototype);
    expect(Object.keys(variablesRead)).toEqual(['__proto__']);
  } else {
    expect(variablesRead).toEqual(expected);
  }
});

test.each([
  ['1234567890123456789', '1234567890123456789'],
  ['-0', '0'],
  ['-0.0', '0.0'],
  ['5.0', '5.0'],
  ['-12.50', '-12.50'],
  ['1e400', '1E+400'],
  ['1.5e3', '1.5E+3'],
  ['123e-2', '1.23'],
  ['0.000001', '0.000001'],
  ['0.0000001', '1E-7'],
  ['1.25e-9', '1.25E-9'],
  ['0e5', '0E+5'],
])('%s is written as Java writes it: %s', (written, text) => {
  expect(String(exact(written))).toBe(text);
});

test('whole numbers and zero are told from the digits', () => {
  expect(['5', '5.0', '5e3', '50e-1', '0.0', '-0'].filter((text) => !isWholeDecimal(text))).toEqual([]);
  expect(['5.5', '5e-1', '5.00000000000000000001'].filter(isWholeDecimal)).toEqual([]);
  expect(['0', '-0.0', '0e9'].filter((text) => !isZeroDecimal(text))).toEqual([]);
  expect(isZeroDecimal('1e-400')).toBe(false);
});
