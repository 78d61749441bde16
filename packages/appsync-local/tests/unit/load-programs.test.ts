import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** What a program is given, left for the test to see. */
interface Seen {
  bundleUrl: string;
  keepCompiled(): void;
}

const PROGRAMS = `(function (require, module, bundleUrl, keepCompiled) { "use strict";
  module.exports = { look: async () => { globalThis.seenByProgram = { bundleUrl, keepCompiled }; } };
})`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-programs-'));
  copyFileSync(
    fileURLToPath(new URL('../../src/load-programs.mjs', import.meta.url)),
    join(folder, 'load-programs.mjs'),
  );
  writeFileSync(join(folder, 'programs-1.cjs'), PROGRAMS);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function look(): Promise<Seen> {
  const loader = (await import(pathToFileURL(join(folder, 'load-programs.mjs')).href)) as {
    run(name: string, program: string): Promise<void>;
  };
  await loader.run('programs-1.cjs', 'look');
  return (globalThis as { seenByProgram?: Seen }).seenByProgram!;
}

const KEPT = `programs-1.cjs.${cachedDataVersionTag()}`;
const kept = (): string[] => readdirSync(folder).filter((name) => name.startsWith('programs-1.cjs.'));

describe('programs of the bundle', () => {
  it('know their file, and find others beside it', async () => {
    const { bundleUrl } = await look();

    expect(bundleUrl).toBe(pathToFileURL(join(folder, 'programs-1.cjs')).href);
  });

  it('have compiled code kept when they say so, once', async () => {
    (await look()).keepCompiled();
    expect(kept()).toEqual([KEPT]);

    const again = await look();
    rmSync(join(folder, KEPT));
    again.keepCompiled();

    expect(kept()).toEqual([]);
  });

  it('run, and have it kept anew, where what was kept is spoilt', async () => {
    writeFileSync(join(folder, KEPT), 'spoilt');

    (await look()).keepCompiled();
    const again = await look();
    rmSync(join(folder, KEPT));
    again.keepCompiled();

    expect(kept()).toEqual([]);
  });

  it('run from a folder that cannot be written', async () => {
    const { keepCompiled } = await look();
    rmSync(folder, { recursive: true });

    expect(keepCompiled).not.toThrow();
    folder = mkdtempSync(join(tmpdir(), 'load-programs-'));
  });
});
