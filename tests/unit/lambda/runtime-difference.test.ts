import { expect, test } from 'vitest';
import { runtimeDifference } from '../../../local/lambda/runtime-difference.ts';
import type { LambdaFunctionModel } from '../../../local/template/model.ts';

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

test('names several functions in one sentence', () => {
  const sentence = runtimeDifference([deployed('a', 'nodejs98.x'), deployed('b', 'nodejs99.x')]);

  expect(sentence).toBe(
    `a is deployed on nodejs98.x, b is deployed on nodejs99.x and run here on Node ${here}`,
  );
});
