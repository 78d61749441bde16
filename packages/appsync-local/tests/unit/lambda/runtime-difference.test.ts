import { expect, test } from 'vitest';
import { findPython } from '../../../src/ground/python.ts';
import { runtimeDifferences } from '../../../src/lambda/runtime-difference.ts';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';

const here = process.versions.node;
const sameRuntime = `nodejs${here.split('.')[0]}.x`;
const deployed = (functionName: string, runtime: string) =>
  ({ functionName, runtime }) as LambdaFunctionModel;

test('says nothing when functions are deployed on the Node.js that runs here', () => {
  const sentences = runtimeDifferences([
    deployed('put-validated-item', sameRuntime),
    deployed('other', 'ruby3.4'),
  ]);

  expect(sentences).toEqual([]);
});

test('names the function that is deployed on another Node.js', () => {
  const sentences = runtimeDifferences([
    deployed('same', sameRuntime),
    deployed('put-validated-item', 'nodejs99.x'),
  ]);

  expect(sentences).toEqual([`put-validated-item is deployed on nodejs99.x and runs here on Node ${here}.`]);
});

test.each([
  [['nodejs99.x', 'nodejs99.x'], 'nodejs99.x'],
  [['nodejs99.x', 'nodejs98.x', 'nodejs99.x'], 'nodejs98.x and nodejs99.x'],
])('counts functions on %j in one sentence', (runtimes, named) => {
  const sentences = runtimeDifferences(runtimes.map((runtime, index) => deployed(`f${index}`, runtime)));

  expect(sentences).toEqual([
    `${runtimes.length} Lambda functions are deployed on ${named} and run here on Node ${here}.`,
  ]);
});

test.skipIf(findPython('3.99') === undefined)('names the function that is deployed on another Python', () => {
  const sentences = runtimeDifferences([deployed('report', 'python3.99')]);

  expect(sentences).toEqual([
    `report is deployed on python3.99 and runs here on Python ${findPython('3.99')!.version}.`,
  ]);
});
