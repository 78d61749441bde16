import { expect, test } from 'vitest';
import { arnOf, lambdaModule, openHost } from './harness/lambda-function.ts';

test('loads a replaced function at once if it was used, and the next invocation waits for that process', async () => {
  const saying = (word: string) =>
    lambdaModule(`console.log('loading ${word}'); export const handler = async () => '${word}';`);
  const host = await openHost([saying('old')]);
  await host.invoke(arnOf('greet'), {});

  const replaced = await host.replace([saying('new')]);
  const result = await host.invoke(arnOf('greet'), {});
  await host.loaded();

  expect(replaced).toEqual(['greet']);
  expect(result).toEqual({ kind: 'answer', payload: 'new' });
  expect(host.lines().map((line) => line.split('\t').at(-1))).toEqual(['loading old', 'loading new']);
});

test('loads no replaced function that was never used', async () => {
  const host = await openHost([lambdaModule('export const handler = async () => 1;')]);

  await host.replace([lambdaModule('console.log("loading"); export const handler = async () => 2;')]);
  await host.loaded();

  expect(host.lines()).toEqual([]);
});
