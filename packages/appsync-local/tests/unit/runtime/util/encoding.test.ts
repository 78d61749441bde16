import { expect, it } from 'vitest';
import { messageOf, valueOf } from '../harness/evaluate.ts';

it.each([
  ['util.escapeJavaScript(`it\'s "a"/b\\n\\té`)', 'it\\\'s \\"a\\"\\/b\\n\\t\\u00E9'],
  ["util.urlEncode('a b&c=d*-._~é!')", 'a+b%26c%3Dd*-._%7E%C3%A9%21'],
  ["util.urlDecode('a+b%26c%3Dd%C3%A9')", 'a b&c=dé'],
  ["util.base64Encode('grün')", 'Z3LDvG4='],
  ["util.base64Decode('Z3LDvG4=')", 'grün'],
])('evaluates %s', (expression, expected) => {
  const value = valueOf(expression);

  expect(value).toBe(expected);
});

it('names text that is not URL-encoded', () => {
  const message = messageOf("util.urlDecode('%zz')");

  expect(message).toBe('code.js:4:13: util.urlDecode takes URL-encoded text, not "%zz"');
});
