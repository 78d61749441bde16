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
    signInUrls: [],
  });
});

test('takes a stage, a name, an architecture, a name of the API key and pages to sign in from', () => {
  const signInUrls = 'https://app.example/,https://app.example/other?x=1';
  const stage = stageOf({
    stage: 'prod',
    name: 'shop',
    architecture: 'x86_64',
    apiKey: 'Second',
    signInUrls,
  });

  expect(stage).toEqual({
    stackName: 'shop-prod',
    production: true,
    architecture: Architecture.X86_64,
    apiKeyName: 'Second',
    signInUrls: ['https://app.example/', 'https://app.example/other?x=1'],
  });
});

test('takes names up to 100 characters, so that the stack name stays within 128', () => {
  const longest = `a${'-9'.repeat(49)}Z`;

  const { stackName } = stageOf({ name: longest });

  expect(stackName).toBe(`${longest}-dev`);
  expect(() => stageOf({ name: `${longest}a` })).toThrow(Mistake);
});

test('takes a page of this machine for dev alone', () => {
  const signInUrls = 'http://localhost:5173/';

  expect(stageOf({ signInUrls }).signInUrls).toEqual([signInUrls]);
  expect(() => stageOf({ signInUrls, stage: 'prod' })).toThrow(
    new Mistake('-c signInUrls: "http://localhost:5173/" must be an https:// URL without a fragment'),
  );
});

test.each([
  '',
  'http://app.example/',
  'https://app.example/#x',
  'https://*.example/',
  'https://a@b.example/',
  'https://a,',
])('refuses to send users to %j', (signInUrls) => {
  expect(() => stageOf({ signInUrls })).toThrow(/^-c signInUrls: "[^"]*" must be an https:\/\/ URL/);
});

test.each(['my-aws-shop', 'a'.repeat(50)])(
  'refuses a sign-in page for the name %s, whose domain Cognito would not take',
  (name) => {
    expect(() => stageOf({ name, signInUrls: 'https://app.example/' })).toThrow(/pass -c name=…$/);
    expect(stageOf({ name }).signInUrls).toEqual([]);
  },
);

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
