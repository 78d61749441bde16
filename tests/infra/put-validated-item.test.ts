import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { readable, resources } from './harness/readable.ts';
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

test('is one minified CommonJS file with all that it needs', () => {
  const code = readFileSync(join(asset, 'handler.js'), 'utf8');
  const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name!);

  expect(readdirSync(asset)).toEqual(['handler.js']);
  expect(lambda.Handler).toBe('handler.handler');
  expect(required).toContain('node:https');
  // Ajv names a helper in a text that is no code: `equal.code = 'require("ajv/dist/runtime/equal").default'`.
  expect(required.filter((name) => !/^(node:|ajv\/dist\/runtime\/)/.test(name))).toEqual([]);
  expect(code.split('\n').length).toBeLessThan(300);
});

test('has a source map that names its TypeScript files and is not uploaded', () => {
  const code = readFileSync(join(asset, 'handler.js'), 'utf8');
  const file = `${createHash('sha256').update(code).digest('hex')}.map`;
  const { sources } = JSON.parse(readFileSync(join(dev.outdir, 'source-maps', file), 'utf8')) as {
    sources: string[];
  };

  expect(sources).toContain('functions/put-validated-item/handler.ts');
  expect(code).not.toContain('sourceMappingURL');
});

test('imports nothing, so that no undici is loaded for the sake of an export nobody asked for', () => {
  const code = readFileSync(join(asset, 'handler.js'), 'utf8');

  expect(code.match(/\bimport\s*[("{*]/g)).toBeNull();
});

test('leaves out what a Lambda function never reaches of the AWS SDK', () => {
  const code = readFileSync(join(asset, 'handler.js'), 'utf8');

  expect(code).toContain('AWS_SESSION_TOKEN');
  expect(code).not.toMatch(/AssumeRoleWithWebIdentity|fromSSO|child_process|bowser|PutItemCommand/);
  // The codes of refusals are in it, their sentences are for pages and the client.
  expect(code).not.toContain('The id is blank.');
  // The kinds, which take 77 KB here, are the adopter's and may grow.
  expect(code.length - minifiedKinds().length).toBeLessThan(227_000);
});

const minifiedKinds = (): string =>
  transformSync(readFileSync(fromRoot('schema/generated/kinds.js'), 'utf8'), {
    minify: true,
    charset: 'utf8',
  }).code;

test('has a time-out below the 30 seconds of a request and finds its tables', () => {
  const variables = Object.entries(lambda.Environment.Variables).map(([name, of]) => [name, readable(of)]);

  expect(lambda.Timeout).toBeLessThan(30);
  expect(Object.fromEntries(variables)).toMatchObject({
    ITEMS_TABLE: 'DataItems',
    CONSTRAINTS_TABLE: 'DataConstraints',
  });
});

test('is traced, and logs JSON to a group of its own for a limited time', () => {
  const group = resources(dev.template, 'AWS::Logs::LogGroup').get('PutValidatedItemLogs')!;

  expect(lambda.TracingConfig).toEqual({ Mode: 'Active' });
  expect(lambda.LoggingConfig.LogFormat).toBe('JSON');
  expect(readable(lambda.LoggingConfig.LogGroup)).toBe('PutValidatedItemLogs');
  expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
});
