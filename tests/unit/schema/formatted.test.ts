import { expect, it } from 'vitest';
import { formatted } from '../../../schema/formatted.ts';

it.each([
  ['page.md', '* one\n* two', '- one\n- two\n'],
  ['data.json', '{"of":[1,2]}', '{ "of": [1, 2] }\n'],
  ['code.ts', 'const name: string = "a"', "const name: string = 'a';\n"],
])('writes %s as npm run format does', async (file, text, written) => {
  expect(await formatted(file, text)).toBe(written);
});

it('says why a text cannot be written', async () => {
  await expect(formatted('code.ts', 'const = 1')).rejects.toThrow(/^code\.ts: .*[Uu]nexpected token/);
});
