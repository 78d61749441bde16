import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadEnvironmentFile, withVariables } from '../../../src/start/environment-file.ts';
import type { AppModel } from '../../../src/template/app-model.ts';
import { temporaryDirectory, writeText } from '../template/harness/written-assembly.ts';

test('a Lambda function gets the variables that it defines, and no others', () => {
  const app = { lambdaFunctions: [{ environment: { STAGE: 'dev', TABLE: 'notes' } }] } as unknown as AppModel;

  const { lambdaFunctions } = withVariables(app, { STAGE: 'test', SECRET: 'x' });

  expect(lambdaFunctions).toEqual([{ environment: { STAGE: 'test', TABLE: 'notes' } }]);
});

test('lines, quotes and comments are those of node --env-file', () => {
  const directory = temporaryDirectory();
  writeText(directory, '.env', '# the stage\nSTAGE=test\nTITLE="two words" # said so\n\nEMPTY=\n');

  expect(loadEnvironmentFile(join(directory, '.env'))).toEqual({
    STAGE: 'test',
    TITLE: 'two words',
    EMPTY: '',
  });
});

test('a file without such lines is refused, an empty one is not', () => {
  const directory = temporaryDirectory();
  writeText(directory, 'words.env', '# mine\nSTAGE test\n');
  writeText(directory, 'empty.env', '\n# nothing yet\n');

  expect(() => loadEnvironmentFile(join(directory, 'words.env'))).toThrow('words.env has no line NAME=value');
  expect(loadEnvironmentFile(join(directory, 'empty.env'))).toEqual({});
});

test('a missing file is named', () => {
  expect(() => loadEnvironmentFile('/nowhere/.env')).toThrow(
    'cannot read --env-file /nowhere/.env: the file does not exist',
  );
});
