import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findPython } from '../../../src/ground/python.ts';
import { temporaryDirectory } from '../template/harness/written-assembly.ts';

/** A program that answers a version and writes down that it was asked. */
function writePython(folder: string, name: string, version: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${name} >> ${join(folder, 'asked')}\necho ${version}\n`);
  chmodSync(path, 0o755);
  return path;
}

test.skipIf(process.platform === 'win32')('each Python is asked for its version once', () => {
  const folder = temporaryDirectory();
  const python3 = writePython(folder, 'python3', '3.9');
  const python312 = writePython(folder, 'python3.12', '3.12');
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());

  const found = ['3.11', '3.12', '3.13', '3.11'].map(findPython);

  const other = { program: python3, version: '3.9' };
  expect(found).toEqual([other, { program: python312, version: '3.12' }, other, other]);
  expect(readFileSync(join(folder, 'asked'), 'utf8').split('\n').sort()).toEqual([
    '',
    'python3',
    'python3.12',
  ]);
});
