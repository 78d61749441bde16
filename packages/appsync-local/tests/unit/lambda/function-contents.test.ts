import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { functionContents } from '../../../src/lambda/function-contents.ts';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';
import { lambdaFunction } from './harness/lambda-function.ts';

const folderOf = ({ code }: LambdaFunctionModel): string => (code as { directory: string }).directory;

/** As a new assembly has it: the same model once more. */
const hashOf = (model: LambdaFunctionModel): Promise<string> => functionContents().of({ ...model });

test('a folder with links to the folders around them is read once, and a saved file in it seen', async () => {
  const model = lambdaFunction({ 'index.mjs': '', 'a/one.mjs': 'old' });
  for (const name of ['b', 'c', 'd', 'e']) {
    symlinkSync('..', join(folderOf(model), 'a', name));
  }

  const before = await hashOf(model);
  const again = await hashOf(model);
  writeFileSync(join(folderOf(model), 'a', 'one.mjs'), 'new');

  expect(again).toBe(before);
  expect(await hashOf(model)).not.toBe(before);
});

test('a link to another folder is a change', async () => {
  const model = lambdaFunction({ 'a/one.mjs': '', 'b/one.mjs': '' });
  const before = await hashOf(model);
  symlinkSync('a', join(folderOf(model), 'c'));
  const withLink = await hashOf(model);

  expect(new Set([before, withLink]).size).toBe(2);
});
