import { expect, it } from 'vitest';
import { CALLED } from '../../../../scripts/rename/called.ts';
import { helpText, optionsOf } from '../../../../scripts/rename/options.ts';

it('takes a product and a type, whose plural it knows', () => {
  expect(optionsOf(['--name', 'shop-of-mine', '--type', 'Story', '--dry-run'])).toMatchObject({
    renaming: {
      product: { from: CALLED.product, to: 'shop-of-mine' },
      type: { to: { pascal: { one: 'Story', many: 'Stories' } } },
    },
    dryRun: true,
    force: false,
  });
});

it('takes a plural that no rule makes', () => {
  expect(optionsOf(['--type', 'Person', '--plural', 'People'])?.renaming.type.to.kebab).toEqual({
    one: 'person',
    many: 'people',
  });
});

it.each([
  [[], /^Pass --name, --type or both; see npm run rename -- --help$/],
  [['--title', 'x'], /^Unknown option '--title'; see npm run rename -- --help$/],
  [['--name', 'My Shop'], /--name "My Shop" must be lower-case letters/],
  [['--name', 'live-things'], /--name live-things is what a package of this project is called/],
  [['--type', 'blogPost'], /--type "blogPost" must be words of letters/],
  [['--type', 'Query'], /--type Query is a name of GraphQL, JavaScript or TypeScript/],
  [['--type', 'Map'], /--type Map is a name of GraphQL, JavaScript or TypeScript/],
  [['--type', 'Sheep', '--plural', 'Sheep'], /--plural must differ from --type Sheep.*SheepList/],
  [['--name', 'X', '--type', 'x'], /--name "X" must.*; --type "x" must/],
  [['--name', CALLED.product, '--type', CALLED.type], /^Nothing was renamed: .* already$/],
])('refuses %j', (args, message) => {
  expect(() => optionsOf(args)).toThrow(message);
});

it('helps instead of doing anything', () => {
  expect(optionsOf(['--help'])).toBeUndefined();
  expect(helpText()).toContain('npm run rename -- [--name NAME] [--type TYPE [--plural PLURAL]]');
});
