import { describe, expect, test } from 'vitest';
import { findAsset } from '../../../src/template/assets.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { temporaryDirectory, writeAssembly, writeText } from './harness/written-assembly.ts';

describe('a directory that is no cloud assembly', () => {
  test('is refused when it does not exist', () => {
    const directory = `${temporaryDirectory()}/nowhere`;

    const act = () => loadAssembly(directory);

    expect(act).toThrow(`there is no cloud assembly in '${directory}': the directory does not exist`);
    expect(act).toThrow(expect.objectContaining({ name: 'StartFailure' }));
  });

  test('is refused when it has no manifest', () => {
    const act = () => loadAssembly(temporaryDirectory());

    expect(act).toThrow('it has no manifest.json; name the directory that cdk synth wrote');
  });

  test('is refused when its manifest is no JSON', () => {
    const directory = temporaryDirectory();
    writeText(directory, 'manifest.json', '{ "artifacts": ');

    const act = () => loadAssembly(directory);

    expect(act).toThrow(/manifest\.json is not valid JSON: /);
  });

  test('is refused when a template is missing', () => {
    const directory = temporaryDirectory();
    const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Gone.template.json' } };
    writeText(directory, 'manifest.json', JSON.stringify({ artifacts: { Gone: artifact } }));

    const act = () => loadAssembly(directory);

    expect(act).toThrow(/Gone\.template\.json does not exist; run cdk synth again$/);
  });

  test('is refused when a template is no object', () => {
    const directory = writeAssembly({ Tasks: { template: [] } });

    const act = () => loadAssembly(directory);

    expect(act).toThrow(/Tasks\.template\.json must hold a JSON object; it holds \[\]/);
  });

  test('is refused when the manifest names no template', () => {
    const directory = temporaryDirectory();
    writeText(
      directory,
      'manifest.json',
      JSON.stringify({ artifacts: { A: { type: 'aws:cloudformation:stack' } } }),
    );

    const act = () => loadAssembly(directory);

    expect(act).toThrow('a aws:cloudformation:stack artifact without templateFile; run cdk synth again');
  });
});

describe('stages', () => {
  test('are loaded with their stacks', () => {
    const directory = temporaryDirectory();
    const stage = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } };
    const stack = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'ProdTasks.template.json', stackName: 'Prod-Tasks' },
    };
    writeText(directory, 'manifest.json', JSON.stringify({ artifacts: { Prod: stage } }));
    writeText(directory, 'assembly-Prod/manifest.json', JSON.stringify({ artifacts: { ProdTasks: stack } }));
    writeText(directory, 'assembly-Prod/ProdTasks.template.json', '{}');

    const assembly = loadAssembly(directory);

    expect(assembly.stacks.map(({ name }) => name)).toEqual(['Prod-Tasks']);
  });
});

describe('findAsset', () => {
  const asset = { path: '/there', packaging: 'file' };
  const assets = new Map([['prefix/abc.js', asset]]);

  test.each([
    'prefix/abc.js',
    's3://bucket/prefix/abc.js',
    'https://s3.us-east-1.amazonaws.com/bucket/prefix/abc.js',
  ])('finds the object key in %s', (location) => {
    expect(findAsset(assets, location)).toBe(asset);
  });

  test.each(['', 'abc.js', 's3://bucket/other.js', '/'])("finds nothing in '%s'", (location) => {
    expect(findAsset(assets, location)).toBeUndefined();
  });
});
