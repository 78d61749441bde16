import { expect, test } from 'vitest';
import { StartFailure } from '../../../src/ground/start-failure.ts';
import { start } from '../../../src/index.ts';
import { noTranslations } from '../../../src/runtime/kept-translations.ts';
import { withFaultsOfCode } from '../../../src/start/faults-of-code.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { changed, minimalResources, resource } from '../template/harness/minimal-api.ts';
import { writeAssembly } from '../template/harness/written-assembly.ts';

const LOOPS = 'export const request = () => { for (;;) {} };\nexport const response = () => null;';
const faulty = { ...minimalResources, ...changed('TaskResolver', { Code: LOOPS }) };
const assemblyOf = (Resources: object): string => writeAssembly({ Tasks: { template: { Resources } } });

const before = new StartFailure("resolver Query.task names data source 'Gone'");
const reasonsWith = (resources: object): readonly string[] =>
  withFaultsOfCode(before, loadAssembly(assemblyOf(resources)), noTranslations).reasons;

test('what is wrong with code comes after what is wrong with the template', () => {
  expect(reasonsWith(faulty)).toEqual([
    ...before.reasons,
    expect.stringMatching(/^AppSync would refuse the code of resolver Query\.task: code\.js:1:32: /),
  ]);
});

test('of several APIs nobody knows whose code counts', () => {
  const other = resource('AWS::AppSync::GraphQLApi', { Name: 'b', AuthenticationType: 'API_KEY' });

  expect(reasonsWith({ ...faulty, Other: other })).toEqual(before.reasons);
});

test('a schema and code that AppSync would refuse are told at once', async () => {
  const app = assemblyOf({ ...faulty, ...changed('Schema', { Definition: 'type Query { task: Gone }' }) });

  const failure = await start({ app }).catch((error: unknown) => error);

  expect((failure as StartFailure).reasons).toEqual([
    expect.stringContaining('Gone'),
    expect.stringMatching(/^AppSync would refuse the code of resolver Query\.task: /),
  ]);
});
