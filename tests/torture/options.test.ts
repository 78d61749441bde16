import { expect, it } from 'vitest';
import { helpText, parseOptions, COUNTED_MINUTES } from './options.ts';
import { parts } from './parts.ts';

const parse = (...args: string[]) => parseOptions(args, parts);
const namesOf = (...args: string[]) => parse(...args).parts.map(({ name }) => name);

it('takes all parts, ten minutes and a new seed unless told', () => {
  const [one, other] = [parse(), parse()];

  expect(one).toMatchObject({ minutes: 10, help: false, parts });
  expect(one).not.toHaveProperty('counted');
  expect(one.seed).not.toBe(other.seed);
});

it('takes what it is told', () => {
  expect(parse('--seed', '7', '--minutes', '0.5')).toMatchObject({ seed: 7, minutes: 0.5 });
  expect(parse('--quick')).toMatchObject({ counted: 'quick', minutes: COUNTED_MINUTES });
  expect(parse('--brief')).toMatchObject({ counted: 'brief', minutes: COUNTED_MINUTES });
  expect(namesOf('--only', 'callers, durability')).toEqual(['durability', 'callers']);
});

it.each([
  [['--seed', '-1'], /^Option '--seed.* argument is ambiguous; see npm run torture -- --help$/],
  [['--seed', 'x'], '--seed must be a whole number from 0 to 4294967295, not "x"'],
  [['--minutes', '0'], '--minutes must be a number above 0, not "0"'],
  [['--only', 'a,inputs'], '--only names "a"; the parts are durability, inputs, callers'],
  [
    ['--quick', '--minutes', '1'],
    '--quick, --brief and --minutes exclude each other: quick and brief runs are bounded by counts',
  ],
  [
    ['--quick', '--brief'],
    '--quick, --brief and --minutes exclude each other: quick and brief runs are bounded by counts',
  ],
  [['--nope'], "Unknown option '--nope'; see npm run torture -- --help"],
])('refuses %j in one line', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});

it('says in its help what every option and part is for', () => {
  const help = helpText(parts);

  for (const word of [
    '--quick',
    '--brief',
    '--minutes N',
    '--seed N',
    '--only NAME,…',
    'durability',
    'inputs',
    'callers',
  ]) {
    expect(help).toContain(`  ${word}`);
  }
});
