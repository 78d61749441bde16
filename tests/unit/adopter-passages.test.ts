import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { MUTANTS } from '../adopter/changes/mutants.ts';
import { rowIn } from '../adopter/changes/readme-field.ts';

// `npm run adopter` takes minutes and is a job of its own. That what it edits is still there is known at once.

it.each(MUTANTS)('the passage for "$mistake" stands once in $file', ({ file, passage }) => {
  expect(readFileSync(fromRoot(file), 'utf8').split(passage)).toHaveLength(2);
});

it('README has the row that its field needs in the tests', () => {
  expect(rowIn(readFileSync(fromRoot('README.md'), 'utf8'))).toContain('asking(ItemExistsDocument');
});
