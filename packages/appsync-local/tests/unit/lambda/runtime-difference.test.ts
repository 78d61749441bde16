import { expect, test } from 'vitest';
import { runtimeDifference } from '../../../src/lambda/runtime-difference.ts';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';

const here = process.versions.node;
const sameRuntime = `nodejs${here.split('.')[0]}.x`;
const deployed = (functionName: string, runtime: string) =>
  ({ functionName, runtime }) as LambdaFunctionModel;

test('says nothing when functions are deployed on the Node.js that runs here', () => {
  const sentence = runtimeDifference([
    deployed('put-validated-item', sameRuntime),
    deployed('other', 'python3.13'),
  ]);

  expect(sentence).toBeNull();
});

test('names the function that is deployed on another Node.js', () => {
  const sentence = runtimeDifference([
    deployed('same', sameRuntime),
    deployed('put-validated-item', 'nodejs99.x'),
  ]);

  expect(sentence).toBe(`put-validated-item is deployed on nodejs99.x and runs here on Node ${here}`);
});

test.each([
  [['nodejs99.x', 'nodejs99.x'], 'nodejs99.x'],
  [['nodejs99.x', 'nodejs98.x', 'nodejs99.x'], 'nodejs98.x and nodejs99.x'],
])('counts functions on %j in one sentence', (runtimes, named) => {
  const sentence = runtimeDifference(runtimes.map((runtime, index) => deployed(`f${index}`, runtime)));

  expect(sentence).toBe(
    `${runtimes.length} Lambda functions are deployed on ${named} and run here on Node ${here}`,
  );
});
