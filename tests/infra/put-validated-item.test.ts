import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { readable, resources, theOnly } from './harness/readable.ts';
import { synthesize, type Synthesized } from './harness/synthesized.ts';

const dev = synthesize();
const lambdaOf = ({ template }: Synthesized) =>
  resources(template, 'AWS::Lambda::Function').get('PutValidatedItemFunction')!.Properties;
const lambda = lambdaOf(dev);
const intel = lambdaOf(synthesize({ architecture: 'x86_64' }));
const asset = join(dev.outdir, `asset.${String(lambda.Code.S3Key).replace('.zip', '')}`);

test('runs on arm64, or on x86_64 when told so', () => {
  expect(lambda.Architectures).toEqual(['arm64']);
  expect(intel.Architectures).toEqual(['x86_64']);
});

test('has the same code for every architecture', () => {
  expect(intel.Code).toEqual(lambda.Code);
});

test('runs on the newest Node.js that CDK knows', () => {
  const major = ({ name }: Runtime): number => Number(/^nodejs(\d+)\.x$/.exec(name)?.[1] ?? 0);
  const newest = Math.max(...Runtime.ALL.filter(({ family }) => family === RuntimeFamily.NODEJS).map(major));

  expect(lambda.Runtime).toBe(`nodejs${newest}.x`);
});

test('is one minified module with all that it needs', () => {
  const module = readFileSync(join(asset, 'handler.mjs'), 'utf8');
  const imported = [...module.matchAll(/\bfrom"([^"]+)"/g)].map(([, name]) => name!);

  expect(readdirSync(asset)).toEqual(['handler.mjs']);
  expect(lambda.Handler).toBe('handler.handler');
  expect(module.slice(-100)).toMatch(/export\{[\w$]+ as handler\};\n$/);
  expect(imported).toContain('node:https');
  expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([]);
  expect(module.split('\n').length).toBeLessThan(300);
});

test('has a time-out below the 30 seconds of a request and finds its tables', () => {
  const variables = Object.entries(lambda.Environment.Variables).map(([name, of]) => [name, readable(of)]);

  expect(lambda.Timeout).toBe(15);
  expect(lambda.MemorySize).toBe(512);
  expect(Object.fromEntries(variables)).toEqual({
    ITEMS_TABLE: 'DataItems',
    CONSTRAINTS_TABLE: 'DataConstraints',
  });
});

test('is traced, and logs JSON to a group of its own that is kept for a month', () => {
  const group = resources(dev.template, 'AWS::Logs::LogGroup').get('PutValidatedItemLogs')!;

  expect(lambda.TracingConfig).toEqual({ Mode: 'Active' });
  expect(lambda.LoggingConfig.LogFormat).toBe('JSON');
  expect(readable(lambda.LoggingConfig.LogGroup)).toBe('PutValidatedItemLogs');
  expect(group.Properties.RetentionInDays).toBe(30);
});
