import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageFile } from '../../../src/ground/package-files.ts';

it('finds a file that its package does not export', () => {
  expect(existsSync(packageFile('sql.js', 'package.json'))).toBe(true);
});

it('names what is not installed', () => {
  expect(() => packageFile('react', 'umd/none.js')).toThrow('react/umd/none.js is not installed');
});
