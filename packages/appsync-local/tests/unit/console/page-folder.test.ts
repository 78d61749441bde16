import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageFolder } from '../../../src/console/page-folder.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'page-folder-'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(scratch, { recursive: true });
});

/** What the bundle of the repository has for `PAGE_BUILDER`. */
function builder(program: string): void {
  const file = join(scratch, 'builder.cjs');
  writeFileSync(file, program);
  vi.stubGlobal('PAGE_BUILDER', file);
}

const MAKES = `const fs = require('node:fs');
fs.mkdirSync(process.argv[2]);
fs.writeFileSync(process.argv[2] + '/main.js', 'made');`;

describe('folder of the page', () => {
  it('is made where the bundle came without it', async () => {
    builder(MAKES);

    const folder = await new PageFolder(join(scratch, 'page')).find();

    expect(readFileSync(join(folder, 'main.js'), 'utf8')).toBe('made');
  });

  it('is taken as it is when it is there, and in the package', async () => {
    builder(MAKES);
    await new PageFolder(join(scratch, 'page')).find();
    builder('process.exit(1)');

    await expect(new PageFolder(join(scratch, 'page')).find()).resolves.toBe(join(scratch, 'page'));
    vi.unstubAllGlobals();
    await expect(new PageFolder(join(scratch, 'none')).find()).resolves.toBe(join(scratch, 'none'));
  });

  it('is made again after a mistake in the page, which is told', async () => {
    builder("console.error('main.tsx:1:1: Unexpected end'); process.exit(1)");
    const page = new PageFolder(join(scratch, 'page'));

    await expect(page.find()).rejects.toThrow('the console cannot be built: main.tsx:1:1: Unexpected end');
    builder(MAKES);
    await expect(page.find()).resolves.toBe(join(scratch, 'page'));
  });

  it('is what build/page.mjs makes of the sources', async () => {
    vi.stubGlobal('PAGE_BUILDER', fileURLToPath(new URL('../../../build/page.mjs', import.meta.url)));

    const folder = await new PageFolder(join(scratch, 'console/page/')).find();

    expect(['index.html', 'main.js', 'page.css'].map((name) => existsSync(join(folder, name)))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
