import { App } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { Mistake } from '../../infra/mistake.ts';
import { readStage } from '../../infra/stage.ts';

const stageOf = (context: Record<string, unknown>) => readStage(new App({ context }).node);

test('is dev on arm64 unless told otherwise', () => {
  const stage = stageOf({});

  expect(stage).toEqual({
    stackName: 'appsync-items-dev',
    production: false,
    architecture: Architecture.ARM_64,
  });
});

test('takes a stage, a name, an architecture and a name of the API key', () => {
  const stage = stageOf({ stage: 'prod', name: 'shop', architecture: 'x86_64', apiKey: 'Second' });

  expect(stage).toEqual({
    stackName: 'shop-prod',
    production: true,
    architecture: Architecture.X86_64,
    apiKeyName: 'Second',
  });
});

test('takes names up to 100 characters, so that the stack name stays within 128', () => {
  const longest = `a${'-9'.repeat(49)}Z`;

  const { stackName } = stageOf({ name: longest });

  expect(stackName).toBe(`${longest}-dev`);
  expect(() => stageOf({ name: `${longest}a` })).toThrow(Mistake);
});

test.each([
  [{ stage: 'production' }, '-c stage=production: use one of dev, prod'],
  [{ stage: '' }, '-c stage=: use one of dev, prod'],
  [{ stage: ['dev'] }, '-c stage=dev: use one of dev, prod'],
  [{ architecture: 'arm' }, '-c architecture=arm: use one of arm64, x86_64'],
  [{ architecture: 'toString' }, '-c architecture=toString: use one of arm64, x86_64'],
  [{ apiKey: 'my-key' }, '-c apiKey=my-key: use letters and digits, a letter first, at most 50'],
  [{ apiKey: '' }, '-c apiKey=: use letters and digits, a letter first, at most 50'],
  [{ name: 'my_shop' }, '-c name=my_shop: use letters, digits and hyphens, a letter first, at most 100'],
  [{ name: '9' }, '-c name=9: use letters, digits and hyphens, a letter first, at most 100'],
  [{ name: '' }, '-c name=: use letters, digits and hyphens, a letter first, at most 100'],
])('refuses %j in one line that says what is allowed', (context, message) => {
  expect(() => stageOf(context)).toThrow(new Mistake(message));
});
