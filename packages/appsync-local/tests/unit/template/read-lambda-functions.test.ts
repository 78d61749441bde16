import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { readApp } from '../../../src/template/read-app.ts';
import { changed, minimalResources, readWith, resource } from './harness/minimal-api.ts';
import { lambda, source } from './harness/resources.ts';
import { writeAssembly } from './harness/written-assembly.ts';

describe('a Lambda function that cannot run here', () => {
  const ruby = lambda({ Runtime: 'ruby3.4' });

  test('is left out where nothing that runs calls it', () => {
    const { lambdaFunctions, notRun } = readWith(ruby);

    expect(lambdaFunctions).toEqual([]);
    expect(notRun).toContainEqual({ type: 'AWS::Lambda::Function', logicalId: 'Validate' });
  });

  const config = { LambdaConfig: { LambdaFunctionArn: { 'Fn::GetAtt': ['Validate', 'Arn'] } } };
  const field = { ...source('AWS_LAMBDA', config), ...changed('TaskResolver', { DataSourceName: 'Source' }) };
  const asked = { ...ruby, ...field };
  const reason = "Lambda function Validate has the runtime 'ruby3.4'";

  test('fails the fields that need it, which is told once', () => {
    const { api, unavailable, notRun } = readWith(asked);

    expect(api.dataSources).toContainEqual(
      expect.objectContaining({
        type: 'NOT_RUN',
        deployedType: 'AWS_LAMBDA',
        reason: expect.stringContaining(reason),
      }),
    );
    expect(unavailable).toEqual([{ reason: expect.stringContaining(reason), users: ['Query.task'] }]);
    expect(notRun).toEqual([]);
  });

  test('because its code is gone is told without the path of this machine, which clients would see', () => {
    const withoutCode = { ...lambda({ Code: { S3Bucket: 'b', S3Key: 'code.zip' } }), ...field };
    const assembly = writeAssembly(
      { Tasks: { template: { Resources: { ...minimalResources, ...withoutCode } } } },
      {},
      { 'code.zip': { path: 'asset.gone', packaging: 'zip' } },
    );

    const { unavailable } = readApp(loadAssembly(assembly));

    expect(unavailable).toEqual([
      {
        reason:
          'Lambda function Validate has the code "asset.gone", which the cloud assembly names and does not have; ' +
          'build the app again',
        users: ['Query.task'],
      },
    ]);
  });

  test('is refused with --strict where a field needs it', () => {
    expect(() => readWith(asked, { strict: true })).toThrow(reason);
  });
});

describe('a layer', () => {
  const content = { S3Bucket: 'b', S3Key: 'layer.zip' };
  const withLayers = {
    Words: resource('AWS::Lambda::LayerVersion', { Content: content }),
    ...lambda({ Layers: [{ Ref: 'Words' }, 'arn:aws:lambda:us-east-1:1:layer:insights:1'] }),
  };
  const read = (path: string) =>
    readApp(
      loadAssembly(
        writeAssembly(
          { Tasks: { template: { Resources: { ...minimalResources, ...withLayers } } } },
          { 'asset.words/nodejs/node_modules/words/index.js': '', 'words.zip': '' },
          { 'layer.zip': { path, packaging: 'zip' } },
        ),
      ),
    );

  test('of the assembly is a directory, and one of somebody else is told', () => {
    expect(read('asset.words').lambdaFunctions).toMatchObject([
      {
        layers: [expect.stringMatching(/asset\.words$/)],
        missingLayers: ['arn:aws:lambda:us-east-1:1:layer:insights:1'],
      },
    ]);
  });

  test('may be a zip file', () => {
    expect(read('words.zip').lambdaFunctions).toMatchObject([
      { layers: [expect.stringMatching(/words\.zip$/)] },
    ]);
  });

  test('that does not exist keeps its function from running', () => {
    const { lambdaFunctions, notRun } = read('asset.gone');

    expect(lambdaFunctions).toEqual([]);
    expect(notRun).toEqual([{ type: 'AWS::Lambda::Function', logicalId: 'Validate' }]);
  });
});
