import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

type Json = Record<string, unknown>;

export interface WrittenStack {
  template: unknown;
  environment?: string;
  dependencies?: string[];
  parameters?: Json;
}

/** Writes a cloud assembly by hand, with one asset list for all stacks, and returns its directory. */
export function writeAssembly(
  stacks: Record<string, WrittenStack>,
  files: Record<string, string> = {},
  assets: Record<string, { path: string; packaging: string }> = {},
): string {
  const directory = temporaryDirectory();
  const artifacts: Json = { Assets: { type: 'cdk:asset-manifest', properties: { file: 'All.assets.json' } } };
  for (const [name, stack] of Object.entries(stacks)) {
    artifacts[name] = stackArtifact(name, stack);
    writeJson(directory, `${name}.template.json`, stack.template);
  }
  writeJson(directory, 'All.assets.json', { files: assetEntries(assets) });
  writeJson(directory, 'manifest.json', { version: '48.0.0', artifacts });
  for (const [path, text] of Object.entries(files)) {
    writeText(directory, path, text);
  }
  return directory;
}

/** A new directory, removed when the test ends, or else the suite that is being declared. Not for `beforeAll`, which is neither. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'template-'));
  atTheEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Files share this module, so a hook of its own would end with the first of them. */
function atTheEnd(remove: () => void): void {
  try {
    onTestFinished(remove);
  } catch {
    afterAll(remove); // not called in a test
  }
}

export function writeText(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

const writeJson = (directory: string, path: string, value: unknown): void =>
  writeText(directory, path, JSON.stringify(value));

const stackArtifact = (name: string, { environment, dependencies = [], parameters }: WrittenStack): Json => ({
  type: 'aws:cloudformation:stack',
  environment: environment ?? 'aws://unknown-account/unknown-region',
  properties: { templateFile: `${name}.template.json`, parameters },
  dependencies: ['Assets', ...dependencies],
});

const assetEntries = (assets: Record<string, { path: string; packaging: string }>): Json =>
  Object.fromEntries(
    Object.entries(assets).map(([objectKey, source]) => [
      objectKey,
      { source, destinations: { here: { bucketName: 'bucket', objectKey } } },
    ]),
  );
