import { expect, it } from 'vitest';
import { lockWithout, manifestWithout } from '../../../../scripts/eject/manifests.ts';

const isGone = (path: string): boolean => path.startsWith('packages/tours');

it('a manifest loses scripts, and steps of others', () => {
  const manifest = {
    name: 'a',
    scripts: { tour: 'walk', typecheck: 'tsc && tsc -p packages/tours/tsconfig.json && tsc -p b' },
    dependencies: { c: '1.0.0' },
  };

  expect(JSON.parse(manifestWithout(JSON.stringify(manifest), new Set(['tour']), isGone))).toEqual({
    name: 'a',
    scripts: { typecheck: 'tsc && tsc -p b' },
    dependencies: { c: '1.0.0' },
  });
});

it('a lock loses the workspace, the link to it, and what is installed in it', () => {
  const packages = {
    '': { name: 'a' },
    'packages/tours': { version: '1.0.0' },
    'packages/tours/node_modules/b': { version: '1.0.0' },
    'node_modules/tours': { resolved: 'packages/tours', link: true },
    'node_modules/c': { resolved: 'https://registry.npmjs.org/c/-/c-1.0.0.tgz' },
  };

  const left = JSON.parse(lockWithout(JSON.stringify({ packages }), isGone)) as { packages: object };

  expect(Object.keys(left.packages)).toEqual(['', 'node_modules/c']);
});
