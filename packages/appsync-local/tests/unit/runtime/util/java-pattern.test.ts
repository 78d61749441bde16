import { Script } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { HelperFailure } from '../../../../src/runtime/interruption.ts';
import { matches } from '../../../../src/runtime/util/java-pattern.ts';

it.each([
  ['a*b', 'aaaaab', true],
  ['b', 'ab', false],
  ['^[^@\\s]+@[^@\\s]+$', 'a@b.c', true],
  ['a|ab', 'ab', true],
  ['(?i)ABC', 'abc', true],
  ['(?s)a.b', 'a\nb', true],
  ['a.b', 'a\nb', false],
  ['a\\.b', 'a.b', true],
  ['a\\-b\\:c\\/d', 'a-b:c/d', true],
  ['\\Qa.b*\\E+', 'a.b**', true],
  ['[a-z&&[^aeiou]]+', 'xyz', true],
  ['[a-z&&[^aeiou]]+', 'xyza', false],
  ['[a-c[x-z]]+', 'abxz', true],
  ['[]a]+', 'a]', true],
  ['[a\\-z.+&]+', '-+.&', true],
  ['[-a]+', 'a-', true],
  ['[\\w-]+', 'a-b', true],
  ['\\p{Alpha}+', 'abé', false],
  ['\\p{L}+', 'abé', true],
  ['\\pL+', 'é', true],
  ['\\p{IsLatin}+', 'é', true],
  ['\\p{IsAlphabetic}+', 'éß', true],
  ['[\\p{Upper}\\d]+', 'A1', true],
  ['\\P{Digit}+', 'a1', false],
  ['\\s', '\u00a0', false],
  ['\\h', '\u00a0', true],
  ['\\A\\d{3}\\z', '123', true],
  ['\\d{2,}', '1', false],
  ['(?<a>x)\\k<a>\\1', 'xxx', true],
  ['(?=a)a(?<!b)', 'a', true],
  ['\\x41\\u0042\\0103\\cA', 'ABC\u0001', true],
  ['\\x{1F600}', '😀', true],
  ['.', '😀', true],
  ['a\\R', 'a\r\n', true],
  ['a$', 'a', true],
  ['}', '}', true],
])('matches %j with %j: %s', (pattern, value, expected) => {
  const found = matches(pattern, value);

  expect(found).toBe(expected);
});

it.each([
  ['a++', 'uses a possessive quantifier'],
  ['(?>a)', 'uses an atomic group'],
  ['a(?i)b', 'uses flags inside the expression'],
  ['(?x)a', 'uses the flag x'],
  ['\\y', 'uses \\y'],
  ['\\p{InGreek}', 'uses \\p{InGreek}'],
  ['(a', 'is not valid'],
  ['[a', 'is not valid'],
  ['*a', 'is not valid'],
  ['a\\', 'ends with a backslash'],
])('refuses %j, which %s', (pattern, reason) => {
  const attempt = () => matches(pattern, 'a');

  expect(attempt).toThrow(HelperFailure);
  expect(attempt).toThrow(reason);
});

it.each([
  ['a page token', '^[A-Za-z0-9+/]+={0,2}$', 5_000, false],
  ['parts that share the text', '[a-z]*[a-y]*[a-x]*', 5_000, true],
])('limits the time only of what may take long: %s', (_what, pattern, length, isLimited) => {
  const limited = vi.spyOn(Script.prototype, 'runInContext');

  expect(matches(pattern, 'a'.repeat(length))).toBe(true);

  expect(limited.mock.calls.length > 0).toBe(isLimited);
  limited.mockRestore();
});
