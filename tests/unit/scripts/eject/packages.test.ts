import { describe, expect, it } from 'vitest';
import { namesIn, unusedPackages } from '../../../../scripts/eject/packages.ts';

const named = (before: string[], after: string[], commands: string[] = []) => ({
  before: new Set(before),
  after: new Set(after),
  commands: new Set(commands),
});

describe('unusedPackages', () => {
  it('finds what was named and is not any more', () => {
    expect(unusedPackages({ ajv: {}, tsx: {} }, named(['ajv', 'tsx'], ['tsx']))).toEqual(['ajv']);
  });

  it('keeps what no code ever named: a script may run it', () => {
    expect(unusedPackages({ 'run-all': {} }, named([], []))).toEqual([]);
  });

  it('keeps what a script runs', () => {
    const packages = { 'run-all': { bin: { 'run-p': 'bin/run-p.js' } } };

    expect(unusedPackages(packages, named(['run-all'], [], ['run-p', 'lint']))).toEqual([]);
    expect(unusedPackages(packages, named(['run-all'], [], ['lint']))).toEqual(['run-all']);
  });

  it('finds a peer that only a dropped package asked for', () => {
    const packages = { client: { peerDependencies: { rxjs: '7', react: '19' } }, rxjs: {} };

    expect(unusedPackages(packages, named(['client'], []))).toEqual(['client', 'rxjs']);
  });

  it('keeps the peers of what stays, and their peers', () => {
    const packages = {
      nag: { peerDependencies: { library: '2' } },
      library: { peerDependencies: { constructs: '10' } },
      constructs: {},
    };

    expect(unusedPackages(packages, named(['nag', 'library', 'constructs'], ['nag']))).toEqual([]);
  });

  it('drops types with what they are the types of, but never those of Node.js', () => {
    const packages = { '@types/ws': {}, '@types/node': {} };

    expect(unusedPackages(packages, named(['ws', 'node'], []))).toEqual(['@types/ws']);
  });
});

it('names of packages stand at the start of a text in quotes, or of a path in node_modules', () => {
  const code = `
    import Ajv from "ajv/dist/2020.js"; import { a } from '@scope/name/deep.js'; import './own.ts';
    const program = 'node_modules/vitest/vitest.mjs'; // as vite does
  `;

  expect(namesIn(code)).toEqual(expect.arrayContaining(['ajv', '@scope/name', 'vitest']));
  expect(namesIn(code)).not.toEqual(expect.arrayContaining(['vite']));
});
