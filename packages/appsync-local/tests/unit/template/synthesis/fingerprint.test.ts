import { mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadCdkProject } from '../../../../src/template/synthesis/cdk-project.ts';
import { fingerprint } from '../../../../src/template/synthesis/fingerprint.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
  configure({});
  writeText(directory, 'infra/app.ts', 'new App();');
  writeText(directory, 'package-lock.json', '{}');
});

afterEach(() => vi.unstubAllEnvs());

const configure = (more: object): void =>
  writeText(directory, 'cdk.json', JSON.stringify({ app: 'node infra/app.ts', ...more }));

const now = (): string => fingerprint(loadCdkProject(directory), join(directory, 'kept'));

test('is the same when nothing changed, whatever the times of the files', () => {
  const before = now();

  utimesSync(join(directory, 'infra/app.ts'), new Date(0), new Date(0));

  expect(now()).toBe(before);
});

test.each<[string, () => void]>([
  ['a file changes', () => writeText(directory, 'infra/app.ts', 'new App(); ')],
  ['a file is added', () => writeText(directory, 'infra/more.ts', '')],
  ['a file is removed', () => rmSync(join(directory, 'infra/app.ts'))],
  ['a dot file changes', () => writeText(directory, '.env', 'STAGE=prod')],
  ['the lock file changes', () => writeText(directory, 'package-lock.json', '{ }')],
  ['cdk.json changes', () => configure({ context: { stage: 'prod' } })],
  ['cdk.context.json appears', () => writeText(directory, 'cdk.context.json', '{}')],
  ['a variable CDK_… changes', () => vi.stubEnv('CDK_DEFAULT_REGION', 'eu-west-1')],
  ['a link leads to another file', () => symlinkSync('app.ts', join(directory, 'infra/link.ts'))],
])('differs when %s', (_title, change) => {
  const before = now();

  change();

  expect(now()).not.toBe(before);
});

test('tells files apart by name, not by contents alone', () => {
  writeText(directory, 'infra/a.ts', 'one');
  writeText(directory, 'infra/b.ts', 'two');
  const before = now();

  writeText(directory, 'infra/a.ts', 'two');
  writeText(directory, 'infra/b.ts', 'one');

  expect(now()).not.toBe(before);
});

test.each([
  'node_modules/x/a.js',
  'packages/a/node_modules/x.js',
  '.venv/lib/python3.11/site-packages/aws_cdk/__init__.py',
  'lambda/__pycache__/index.pyc',
  'cdk.out/a.json',
  '.git/HEAD',
  '.local/db',
  'kept/a.json',
  'dev.log',
  'packages/a/npm-debug.log',
])('is not concerned with %s', (path) => {
  const before = now();

  writeText(directory, path, 'changed');

  expect(now()).toBe(before);
});

test('differs when JavaScript changes, although cdk init excludes all of it from what is watched', () => {
  configure({ watch: { include: ['**'], exclude: ['README.md', '**/*.d.ts', '**/*.js', 'test'] } });
  const before = now();

  writeText(directory, 'lambda/index.js', 'exports.handler = async () => 2;');

  expect(now()).not.toBe(before);
});

test('is not concerned with JavaScript that the app compiles of its sources', () => {
  configure({
    app: 'npx tsc && node bin/app.js',
    watch: { include: ['**'], exclude: ['**/*.js'] },
  });
  writeText(directory, 'lambda/index.ts', 'export const handler = async () => 1;');
  const before = now();

  writeText(directory, 'lambda/index.js', 'export const handler = async () => 1;');
  expect(now()).toBe(before);

  writeText(directory, 'lambda/other.js', 'exports.handler = async () => 1;');
  expect(now()).not.toBe(before);
});

test('follows watch.include and watch.exclude of cdk.json', () => {
  configure({ watch: { include: 'infra', exclude: ['**/*.snap', 'package*.json'] } });
  const before = now();

  writeText(directory, 'docs/a.md', 'not included');
  writeText(directory, 'infra/a.snap', 'excluded');

  expect(now()).toBe(before);
  writeText(directory, 'infra/a.ts', 'included');
  expect(now()).not.toBe(before);
});

test.each(['package-lock.json', 'requirements.txt', 'pom.xml', 'go.mod'])(
  'does not miss %s because cdk.json excludes it from watching',
  (name) => {
    configure({
      watch: { include: ['**'], exclude: ['package*.json', 'requirements*.txt', 'pom.xml', 'go.mod'] },
    });
    const before = now();

    writeText(directory, name, '{ }');

    expect(now()).not.toBe(before);
  },
);

test('does not run in circles of links', () => {
  mkdirSync(join(directory, 'circle'));
  symlinkSync('..', join(directory, 'circle/up'));

  expect(now()).toMatch(/^[0-9a-f]{64}$/);
});

test('takes less than 100 ms of processor time for 300 files', () => {
  for (let index = 0; index < 300; index += 1) {
    writeText(directory, `src/${index % 10}/${index}.ts`, `${index}`.repeat(1000));
  }

  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    now();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });

  expect(Math.min(...times)).toBeLessThan(100); // 8 ms on a busy machine
});
