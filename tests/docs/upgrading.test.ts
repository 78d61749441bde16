import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packages, page, plain, root, section, tableRows } from './harness/pages.ts';

/*
 * docs/upgrading.md, renovate.json and CI say of versions what package.json says.
 */

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

const manifest = json('package.json') as {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string | Record<string, string>>;
};
const versions: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies };
const { overrides } = manifest;

describe('docs/upgrading.md', () => {
  const rows = tableRows(section(page('docs/upgrading.md'), '## What is held back'));
  const held = rows.filter((row) => row.length === 4).map(([name, version]) => [plain(name!), version]);
  const overridden = rows
    .filter((row) => row.length === 3)
    .map(([name, version]) => [plain(name!), plain(version!)]);

  test('has the versions of what is held back', () => {
    expect(held.length).toBeGreaterThan(5);
    expect(held).toEqual(held.map(([name]) => [name, versions[name!]]));
  });

  test('has every override', () => {
    const written = Object.entries(overrides).map(([name, override]) => [
      name,
      typeof override === 'string' ? override : Object.values(override)[0],
    ]);

    expect(overridden).toEqual(written);
  });
});

describe('renovate.json', () => {
  const { constraints, packageRules } = json('renovate.json') as {
    constraints: { node: string };
    packageRules: { matchPackageNames?: string[]; allowedVersions?: string }[];
  };
  const matches = (pattern: string, name: string): boolean =>
    pattern.endsWith('/**') ? name.startsWith(pattern.slice(0, -2)) : name === pattern;

  test('has no rule for a package that is not here', () => {
    const names = [...Object.keys(versions), ...Object.keys(overrides)];
    const patterns = packageRules.flatMap((rule) => rule.matchPackageNames ?? []);

    expect(patterns.filter((pattern) => !names.some((name) => matches(pattern, name)))).toEqual([]);
  });

  test('proposes what runs on the oldest Node.js', () => {
    expect(`>=${constraints.node}`).toBe(`${manifest.engines.node}.0`);
  });
});

describe('the oldest Node.js', () => {
  test('is the same in every package', () => {
    const engines = packages().map(
      (folder) => (json(`${folder}/package.json`) as typeof manifest).engines.node,
    );

    expect(new Set([...engines, manifest.engines.node]).size).toBe(1);
  });

  test('begins the matrix of CI, which runs .ci/run', () => {
    const workflows = readdirSync(join(root, '.github/workflows')).map((file) =>
      readFileSync(join(root, '.github/workflows', file), 'utf8'),
    );
    const [, versionsOfCi] = /node: \[(.*)\]/.exec(workflows.join('\n'))!;

    expect(versionsOfCi!.split(', ')[0]).toBe(/>=(\d+)/.exec(manifest.engines.node)![1]);
    expect(workflows.join('\n')).toContain('run: .ci/run');
  });
});
