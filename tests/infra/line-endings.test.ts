import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { SCHEMA, schemaText } from '../../infra/api-schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'line-endings-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const git = (...args: string[]): string =>
  spawnSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1 << 27 }).stdout ?? '';

// Git for Windows sets core.autocrlf, after which the format, the generated files and the deployed schema would differ.
test('a clone with core.autocrlf has the files as everybody has them', (context) => {
  if (git('rev-parse', '--is-inside-work-tree').trim() !== 'true') {
    return context.skip('this copy of the project is no git checkout');
  }
  const clone = join(temporaryDirectory(), 'clone');
  git('clone', '-q', '-c', 'core.autocrlf=true', root, clone);

  const files = git('ls-files', 'schema', 'infra', 'package.json').trim().split('\n');
  const changed = files.filter((file) => readFileSync(join(clone, file), 'utf8').includes('\r'));

  expect(files.length).toBeGreaterThan(20);
  expect(changed).toEqual([]);
});

test('an editor that writes Windows line endings changes nothing of what is deployed', () => {
  const file = join(temporaryDirectory(), 'schema.graphql');
  const text = readFileSync(join(root, SCHEMA), 'utf8');
  writeFileSync(file, text.replaceAll('\n', '\r\n'));

  expect(schemaText(file)).toBe(text);
});
