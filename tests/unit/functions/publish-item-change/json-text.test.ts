import { expect, test } from 'vitest';
import { jsonText } from '../../../../functions/publish-item-change/json-text.ts';

test.each([
  ['text', { S: 'say "hi"\n' }, '"say \\"hi\\"\\n"'],
  ['no text', { S: '' }, '""'],
  ['a number', { N: '1.5' }, '1.5'],
  ['a number beyond a double, digit by digit', { N: '12345678901234567890.123' }, '12345678901234567890.123'],
  ['a number with an exponent', { N: '1E-130' }, '1E-130'],
  ['a number that JSON would write otherwise', { N: '007' }, '7'],
  ['true', { BOOL: true }, 'true'],
  ['false', { BOOL: false }, 'false'],
  ['null', { NULL: true }, 'null'],
  ['a list', { L: [{ N: '0' }, { L: [] }] }, '[0,[]]'],
  ['a map', { M: { 'a"b': { S: 'x' }, c: { M: {} } } }, '{"a\\"b":"x","c":{}}'],
  ['a set of texts', { SS: ['a', 'b'] }, '["a","b"]'],
  ['a set of numbers', { NS: ['1', '12345678901234567890'] }, '[1,12345678901234567890]'],
  ['binary', { B: '3q2+7w==' }, '"3q2+7w=="'],
  ['a set of binary', { BS: ['3q2+7w=='] }, '["3q2+7w=="]'],
])('%s', (_, value, text) => {
  expect(jsonText(value)).toBe(text);
  expect(() => JSON.parse(text)).not.toThrow();
});
