import { expect, it } from 'vitest';
import { commandsOf, manifestWithout, packagesOf } from '../../../../scripts/eject/manifests.ts';

const manifest = {
  name: 'a',
  scripts: { tour: 'walk', typecheck: 'tsc && tsc -p packages/tours/tsconfig.json && tsc -p b' },
  dependencies: { c: '1.0.0', guide: '1.0.0' },
  devDependencies: { d: '1.0.0', map: '1.0.0' },
};

it('a manifest loses scripts, steps of others, and packages', () => {
  const gone = {
    scripts: new Set(['tour']),
    packages: ['guide', 'map'],
    file: (path: string): boolean => path.startsWith('packages/tours'),
  };

  expect(JSON.parse(manifestWithout(JSON.stringify(manifest), gone))).toEqual({
    name: 'a',
    scripts: { typecheck: 'tsc && tsc -p b' },
    dependencies: { c: '1.0.0' },
    devDependencies: { d: '1.0.0' },
  });
});

it('asks for packages to run and packages to build with', () => {
  expect(packagesOf(JSON.stringify(manifest))).toEqual(['c', 'guide', 'd', 'map']);
});

it('runs programs in its scripts', () => {
  expect([...commandsOf(JSON.stringify(manifest))]).toEqual(expect.arrayContaining(['walk', 'tsc']));
});
