import { expect, it } from 'vitest';
import { readTyped } from '../../../../src/data-sources/dynamodb/typed-json.ts';
import { HERE } from '../../../../src/data-sources/dynamodb/typed-values.ts';

const read = (text: string, at = 0) => readTyped(text, at, HERE, (json) => json.map());

it.each([
  ['{}', {}],
  ['{"a":{"S":"x"},"b":{"N":"-1.5E+2"}}', { a: 'x', b: -150 }],
  ['{"t":{"BOOL":true},"f":{"BOOL":false},"n":{"NULL":true}}', { t: true, f: false, n: null }],
  [
    '{"l":{"L":[{"M":{}},{"L":[]}]},"ss":{"SS":["a","b"]},"ns":{"NS":["1"]},"bs":{"BS":[""]}}',
    { l: [{}, []], ss: ['a', 'b'], ns: [1], bs: [''] },
  ],
  ['{"line\\nbreak":{"S":"\\u00e9\\\\"},"q":{"S":"\\""}}', { 'line\nbreak': 'é\\', q: '"' }],
])('reads %s in one go', (text, value) => {
  expect(read(text)).toStrictEqual({ value, end: text.length });
});

it('begins and ends where the map does', () => {
  expect(read('{"Item":{"a":{"S":"x"}},"more":1}', 8)).toStrictEqual({ value: { a: 'x' }, end: 23 });
});

const members = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, { N: '1' }])));

it.each([
  ['nothing', ''],
  ['blanks', '{ }'],
  ['a comma too many', '{"a":{"S":"x"},}'],
  ['an open text', '{"a":{"S":"x}}'],
  ['an open escape', '{"a":{"S":"\\'],
  ['a word that begins like false', '{"a":{"BOOL":falsy}}'],
  ['a text instead of a word', '{"a":{"BOOL":"true"}}'],
  ['an unknown type', '{"a":{"X":"x"}}'],
  ['two types', '{"a":{"S":"x","N":"1"}}'],
  ['no typed value', '{"a":"x"}'],
  ['a map instead of a list', '{"a":{"L":{}}}'],
  ['a map of 65 members', members(65)],
])('leaves %s to others', (_what, text) => {
  expect(read(text)).toBeNull();
});

it('reads a map of 64 members', () => {
  expect(Object.keys(read(members(64))!.value)).toHaveLength(64);
});
