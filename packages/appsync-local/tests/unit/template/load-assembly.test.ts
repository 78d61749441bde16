import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findAsset } from '../../../src/template/assets.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { readApp } from '../../../src/template/read-app.ts';
import { minimalResources, resource } from './harness/minimal-api.ts';
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

  test('is refused with the option that takes the template that it has', () => {
    const directory = temporaryDirectory();
    writeText(directory, 'template.yaml', 'Resources: {}');

    const act = () => loadAssembly(directory);

    expect(act).toThrow(/it has template\.yaml: run npx appsync-local --template .*template\.yaml$/);
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

  test.each([
    [null, 'must be an object with a Type; it is null'],
    [[], 'must be an object with a Type; it is []'],
    [{ Properties: {} }, 'must be an object with a Type; it is {"Properties":{}}'],
    [
      { Type: 'AWS::AppSync::ApiKey', Properties: null },
      'must have an object as Properties, or none; it has null',
    ],
  ])('is refused when a resource is %j', (resource, reason) => {
    const directory = writeAssembly({ Tasks: { template: { Resources: { Tasks: resource } } } });

    const act = () => loadAssembly(directory);

    expect(act).toThrow(`Tasks.template.json, resource Tasks ${reason}`);
    expect(act).toThrow(expect.objectContaining({ name: 'StartFailure' }));
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

test('a loop among the resources of an assembly is left out, and a note says so', () => {
  const loop = ['Name', ['A'], { '${Name}Table': resource('AWS::DynamoDB::Table') }];
  const template = {
    Transform: 'AWS::LanguageExtensions',
    Resources: { ...minimalResources, 'Fn::ForEach::Tables': loop },
  };

  const app = readApp(loadAssembly(writeAssembly({ Tasks: { template } })));

  expect(app.notes).toEqual([
    expect.stringMatching(/^Fn::ForEach::Tables of \S+Tasks\.template\.json is not expanded here/),
  ]);
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

describe('a stack of CDK version 1', () => {
  const data = {
    path: 'asset.abc',
    id: 'abc',
    packaging: 'zip',
    sourceHash: 'abc',
    s3BucketParameter: 'Bucket',
    s3KeyParameter: 'VersionKey',
    artifactHashParameter: 'Hash',
  };
  const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': ['||', { Ref: 'VersionKey' }] }] });

  test('has code where the metadata of the stack says, under a key that is a parameter', () => {
    const code = { S3Bucket: { Ref: 'Bucket' }, S3Key: { 'Fn::Join': ['', [part(0), part(1)]] } };
    const directory = writeLegacyAssembly(data, {
      Parameters: { Bucket: { Type: 'String' }, VersionKey: { Type: 'String' }, Hash: { Type: 'String' } },
      Resources: {
        ...minimalResources,
        Old: resource('AWS::Lambda::Function', {
          Runtime: 'nodejs14.x',
          Handler: 'index.handler',
          Code: code,
        }),
      },
    });

    const app = readApp(loadAssembly(directory));

    expect(app.lambdaFunctions).toMatchObject([{ code: { directory: join(directory, 'asset.abc') } }]);
  });

  test('has a nested stack whose template is such an asset', () => {
    const url = { 'Fn::Join': ['', ['https://s3.amazonaws.com/', { Ref: 'Bucket' }, '/', part(0), part(1)]] };
    const directory = writeLegacyAssembly(
      { ...data, path: 'inner.nested.template.json', packaging: 'file' },
      { Resources: { Inner: resource('AWS::CloudFormation::Stack', { TemplateURL: url }) } },
    );

    const [stack] = loadAssembly(directory).stacks;

    expect([...stack!.nested.keys()]).toEqual(['Inner']);
  });

  function writeLegacyAssembly(asset: object, template: object): string {
    const directory = temporaryDirectory();
    const stack = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Old.template.json' },
      metadata: { '/Old': [{ type: 'aws:cdk:asset', data: asset }] },
    };
    writeText(directory, 'manifest.json', JSON.stringify({ version: '14.0.0', artifacts: { Old: stack } }));
    writeText(directory, 'Old.template.json', JSON.stringify(template));
    writeText(directory, 'asset.abc/index.js', 'exports.handler = async () => 1;');
    writeText(directory, 'inner.nested.template.json', '{}');
    return directory;
  }
});
