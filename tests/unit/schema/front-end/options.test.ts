import { expect, it } from 'vitest';
import { helpText, optionsOf } from '../../../../schema/front-end/options.ts';

it('takes a deployed API with its credentials', () => {
  const options = optionsOf(['--out', 'src/api', '--url', 'https://a.example/graphql', '--api-key', 'da2-x']);

  expect(options).toMatchObject({
    out: 'src/api',
    api: { url: 'https://a.example/graphql', headers: { 'x-api-key': 'da2-x' } },
  });
});

it.each([
  [[], '--out DIR is required'],
  [
    ['--out', 'a', '--url', 'localhost:4000'],
    '--url is "localhost:4000"; it must begin with https:// or http://',
  ],
  [['--out', 'a', '--token', 'x'], '--api-key and --token are for --url'],
  [['--out', 'a', '--url', 'http://a', '--schema', 'b'], '--url and --schema name two schemas'],
  [['--frob'], "Unknown option '--frob'"],
])('refuses %j', (args, message) => {
  expect(() => optionsOf(args)).toThrow(message);
});

it('prints every option', () => {
  expect(optionsOf(['--help'])).toBeNull();
  expect(helpText()).toMatch(/--out DIR .*--documents GLOB .*--url URL .*--check /s);
});
