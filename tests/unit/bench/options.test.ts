import { expect, test } from 'vitest';
import { parseBenchOptions } from '../../../bench/options.ts';
import type { Section } from '../../../bench/section.ts';

const section = (name: string, more: Partial<Section> = {}): Section => ({
  name,
  title: name,
  run: () => Promise.reject(new Error('not here')),
  ...more,
});
const sections = [section('put-get'), section('growth', { slow: true })];
const chosen = (...args: string[]): string[] =>
  parseBenchOptions(args, sections)!.sections.map(({ name }) => name);

test('choose sections; a quick run has the slow ones only if they are named', () => {
  expect(chosen()).toEqual(['put-get', 'growth']);
  expect(chosen('--quick')).toEqual(['put-get']);
  expect(chosen('--quick', '--only', 'growth, put-get')).toEqual(['put-get', 'growth']);
});

test('name what is there where a section is not', () => {
  expect(() => chosen('--only', 'speed')).toThrow(
    '--only names no section "speed"; choose from put-get, growth',
  );
});

test('name what is wrong with an option in one line', () => {
  expect(() => chosen('--fast')).toThrow(/^Unknown option '--fast'[^\n]*; see npm run bench -- --help$/);
  expect(() => chosen('--quick=3')).toThrow(/^Option '--quick' [^\n]*; see npm run bench -- --help$/);
});
