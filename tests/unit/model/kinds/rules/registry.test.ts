import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../../../../model/kinds/rules/registry.ts';

test('every rule has a file of its name, and every file is registered', () => {
  const folder = new URL('../../../../../model/kinds/rules/', import.meta.url);

  const files = readdirSync(folder).filter((file) => file !== 'registry.ts' && file !== 'rule.ts');

  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(Object.keys(rules).sort());
});
