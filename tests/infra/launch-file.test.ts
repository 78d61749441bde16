import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

interface LaunchFile {
  configurations: { name: string; port: number }[];
  compounds: { configurations: string[] }[];
}

/** The local server gives the first port to resolvers and the following ones to Lambda functions, in the template's order. */
it('the debugger of VS Code connects to resolvers and to every Lambda function', () => {
  const file = readFileSync(new URL('../../.vscode/launch.json', import.meta.url), 'utf8');
  const { configurations, compounds } = ts.parseConfigFileTextToJson('launch.json', file)
    .config as LaunchFile;
  const functions = [...resources(synthesize().template, 'AWS::Lambda::Function').keys()];
  const names = configurations.map(({ name }) => name);

  expect(configurations.map(({ port }) => port)).toEqual(names.map((_, index) => 9229 + index));
  expect(compounds.map((compound) => compound.configurations)).toEqual([names]);
  expect(functions).toHaveLength(names.length - 1);
  functions.forEach((logicalId, index) => expect(logicalId).toContain(names[index + 1]));
});
