import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { Mistake } from '../../infra/mistake.ts';
import { STAGE } from '../../infra/stage-settings.ts';
import { readStage } from '../../infra/stage.ts';
import { EVERYTHING } from '../../proof/everything.ts';
import { nodeWith } from './harness/context.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

const stageOf = (context: Record<string, unknown>) => readStage(nodeWith(context));

test('is dev on arm64 unless told otherwise', () => {
  const stage = stageOf({});

  expect(stage).toEqual({
    application: 'appsync-items',
    stage: 'dev',
    stackName: 'appsync-items-dev',
    production: false,
    architecture: Architecture.ARM_64,
    signInUrls: [],
    limits: { introspection: true, tableUnits: 1000 },
    resolverMetrics: false,
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
    application: 'shop',
    stage: 'prod',
    stackName: 'shop-prod',
    production: true,
    architecture: Architecture.X86_64,
    apiKeyName: 'Second',
    signInUrls: ['https://app.example/', 'https://app.example/other?x=1'],
    limits: { introspection: false },
    resolverMetrics: false,
  });
});

test('takes everything else that can be set', () => {
  expect(stageOf(EVERYTHING)).toMatchObject({
    recipient: { email: 'operator@example.com' },
    budget: 50,
    requestsPerAddress: 3000,
    domain: { name: 'api.example.com', certificateArn: EVERYTHING.certificate },
    limits: { introspection: false, tableUnits: 5000, concurrency: 50 },
    resolverMetrics: true,
  });
  expect(stageOf({ alarmTopic: TOPIC, waf: true, wafRate: 100, introspection: false })).toMatchObject({
    recipient: { topicArn: TOPIC },
    requestsPerAddress: 100,
    limits: { introspection: false },
  });
});

test('takes settings of one stage from below its name in cdk.json, unless they are given for every one', () => {
  const context = { prod: { alarmEmail: 'ops@example.com', budget: 50 } };

  expect(stageOf({ ...context, stage: 'prod' })).toMatchObject({
    recipient: { email: 'ops@example.com' },
    budget: 50,
  });
  expect(stageOf({ ...context, stage: 'prod', budget: '70' })).toMatchObject({ budget: 70 });
  expect(stageOf(context)).not.toHaveProperty('budget');
});

test('knows no other keys, so that a misspelt one does not deploy something else', () => {
  expect(() => stageOf({ satge: 'prod' })).toThrow(
    '-c satge=prod: there is no such setting. Did you mean stage? All are in docs/operations.md, "Settings".',
  );
  expect(() => stageOf({ 'alarm-email': 'a@b.c' })).toThrow(/Did you mean alarmEmail\?/);
  expect(() => stageOf({ colour: 'red' })).toThrow(
    /^-c colour=red: there is no such setting\. There are stage, name, /,
  );
  expect(() => stageOf({ stage: 'prod', prod: { alarmMail: 'a@b.c' } })).toThrow(
    /^"alarmMail" of "prod" in cdk\.json: there is no such setting\. Did you mean alarmEmail\?/,
  );
  expect(() => stageOf({ dev: 'x' })).toThrow('"dev" in cdk.json: use an object of settings');
  expect(stageOf({ 'cli-telemetry': false, 'aws:cdk:x': true, '@aws-cdk/core:y': true })).toEqual(
    stageOf({}),
  );
});

test('tells every wrong value at once', () => {
  expect(() => stageOf({ name: '9', budget: 'much' })).toThrow(
    new Mistake(
      '-c name=9: use letters, digits and hyphens, a letter first, at most 100\n-c budget=much: use a whole number from 1 to 1000000',
    ),
  );
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
  [{ stage: 'production' }, `-c stage=production: use ${STAGE.takes}`],
  [{ stage: '' }, `-c stage=: use ${STAGE.takes}`],
  [{ stage: ['dev'] }, `-c stage=dev: use ${STAGE.takes}`],
  [{ architecture: 'arm' }, '-c architecture=arm: use one of arm64, x86_64'],
  [{ architecture: 'toString' }, '-c architecture=toString: use one of arm64, x86_64'],
  [{ apiKey: 'my-key' }, '-c apiKey=my-key: use letters and digits, a letter first, at most 50'],
  [{ apiKey: '' }, '-c apiKey=: use letters and digits, a letter first, at most 50'],
  [{ name: 'my_shop' }, '-c name=my_shop: use letters, digits and hyphens, a letter first, at most 100'],
  [{ name: '9' }, '-c name=9: use letters, digits and hyphens, a letter first, at most 100'],
  [{ alarmEmail: 'ops' }, '-c alarmEmail=ops: use an e-mail address'],
  [
    { alarmTopic: 'alarms' },
    '-c alarmTopic=alarms: use the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME',
  ],
  [
    { alarmEmail: 'a@b.c', alarmTopic: TOPIC },
    `-c alarmEmail=a@b.c and -c alarmTopic=${TOPIC}: use one of them; an address can subscribe to the topic`,
  ],
  [{ budget: 50 }, '-c budget=50: name a recipient with -c alarmEmail=… or -c alarmTopic=…'],
  [{ waf: 'yes' }, '-c waf=yes: use true or false'],
  [{ waf: 'toString' }, '-c waf=toString: use true or false'],
  [{ wafRate: 100 }, '-c wafRate=100: needs the web ACL; add -c waf=true'],
  [{ waf: true, wafRate: 9 }, '-c wafRate=9: use a whole number from 10 to 2000000000'],
  [
    { domain: 'api.example.com' },
    '-c domain=api.example.com and -c certificate=: a domain needs both its name and its certificate',
  ],
  [
    { certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' },
    '-c certificate=arn:aws:acm:eu-west-1:123456789012:certificate/a: use the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…',
  ],
  [{ tableUnits: 1.5 }, '-c tableUnits=1.5: use a whole number from 1 to 40000'],
  [{ name: '' }, '-c name=: use letters, digits and hyphens, a letter first, at most 100'],
])('refuses %j in one line that says what is allowed', (context, message) => {
  expect(() => stageOf(context)).toThrow(new Mistake(message));
});
