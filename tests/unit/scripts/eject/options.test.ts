import { expect, it } from 'vitest';
import { helpText, optionsOf } from '../../../../scripts/eject/options.ts';
import { PARTS } from '../../../../scripts/eject/parts.ts';
import { Refusal } from '../../../../scripts/refusal.ts';

const ALL = Object.keys(PARTS);

it('takes parts, each once, and options', () => {
  expect(optionsOf([...ALL, ...ALL, '--dry-run'])).toEqual({
    asked: ALL,
    parts: ALL,
    dryRun: true,
    force: false,
    help: false,
  });
});

it('refuses a part that is not there, and says which are', () => {
  expect(() => optionsOf(['everything'])).toThrow(
    new Refusal(
      `There is no part 'everything' here; there is ${ALL.join(', ')}; see npm run eject -- --help`,
    ),
  );
});

it.each([
  [[], /^Name a part to remove; there is .*; see npm run eject -- --help$/],
  [['--all'], /^Unknown option '--all'; see npm run eject -- --help$/],
])('refuses %j', (args, message) => {
  expect(() => optionsOf(args)).toThrow(message);
});

it.each(Object.entries(PARTS).flatMap(([name, { needs = [] }]) => needs.map((need) => [need, name])))(
  'with %s goes %s, which needs it',
  (need, name) => {
    const { asked, parts } = optionsOf([need]);

    expect(asked).toEqual([need]);
    expect(parts).toContain(name);
    expect(parts.filter((one) => !ALL.includes(one))).toEqual([]);
  },
);

it('says in its help what each part is', () => {
  for (const { says } of Object.values(PARTS)) {
    expect(helpText()).toContain(says);
  }
});
