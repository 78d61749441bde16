import { expect, it } from 'vitest';
import { CODES, RETRYABLE } from '../../../model/refusal-codes.ts';

const codes = Object.values(CODES).flatMap((ofType) => Object.entries<string>(ofType));

it('gives each code to one type, in snake case, with a sentence', () => {
  const names = codes.map(([code]) => code);

  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name))).toEqual([]);
  expect(codes.filter(([, sentence]) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
});

it('repeats no request whose outcome is unknown, or that would be refused again', () => {
  const lasting = [
    'BadRequest',
    'ValidationFailed', // part: validated-items
    'NotFound',
    'Unauthorized',
  ] as const;
  const certain = lasting.flatMap((type) => Object.keys(CODES[type]));

  expect(RETRYABLE.filter((code) => certain.includes(code))).toEqual([]);
  expect(RETRYABLE).not.toContain('outcome_unknown');
});
