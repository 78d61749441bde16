import { expect, test } from 'vitest';
import type { AppModel } from '../../../src/template/app-model.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { readApp } from '../../../src/template/read-app.ts';
import { apiId, code, javascript, minimalResources, resource } from './harness/minimal-api.ts';
import { writeAssembly } from './harness/written-assembly.ts';

type Json = Record<string, unknown>;

const innermost: Json = {
  Parameters: { Prefix: { Type: 'String' }, Suffix: { Type: 'String', Default: 'tasks' } },
  Resources: { Table: resource('AWS::DynamoDB::Table', { TableName: { 'Fn::Sub': '${Prefix}-${Suffix}' } }) },
  Outputs: { Name: { Value: { Ref: 'Table' } } },
};

const inner: Json = {
  Parameters: { ApiId: { Type: 'String' }, Stage: { Type: 'String', Default: 'unset' } },
  Resources: {
    Deeper: resource('AWS::CloudFormation::Stack', {
      TemplateURL: {
        'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/bucket', '/deeper.json']],
      },
      Parameters: { Prefix: { Ref: 'Stage' } },
    }),
    Source: resource('AWS::AppSync::DataSource', {
      ApiId: { Ref: 'ApiId' },
      Name: 'Tasks',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: {
        TableName: { 'Fn::GetAtt': ['Deeper', 'Outputs.Name'] },
        AwsRegion: { Ref: 'AWS::Region' },
      },
    }),
    Resolver: resource('AWS::AppSync::Resolver', {
      ApiId: { Ref: 'ApiId' },
      TypeName: 'Query',
      FieldName: 'nested',
      DataSourceName: 'Tasks',
      Runtime: javascript,
      Code: code,
    }),
  },
};

const read = (innerStack: Json): AppModel =>
  readApp(
    loadAssembly(
      writeAssembly(
        {
          Tasks: {
            template: {
              Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
              Resources: { ...minimalResources, Inner: innerStack },
            },
          },
        },
        { 'inner.nested.json': JSON.stringify(inner), 'deeper.nested.json': JSON.stringify(innermost) },
        {
          'inner.json': { path: 'inner.nested.json', packaging: 'file' },
          'deeper.json': { path: 'deeper.nested.json', packaging: 'file' },
        },
      ),
    ),
  );

const properties = {
  TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::Region}.${AWS::URLSuffix}/bucket/inner.json' },
  Parameters: { ApiId: apiId, Stage: 'dev' },
};

test('a nested stack of a nested stack is read with the parameters it is given and gives its outputs', () => {
  const app = read(resource('AWS::CloudFormation::Stack', properties));

  expect(app.tables).toMatchObject([{ logicalId: 'Table', tableName: 'dev-tasks' }]);
  expect(app.api.dataSources).toContainEqual(
    expect.objectContaining({ name: 'Tasks', tableName: 'dev-tasks' }),
  );
  expect(app.api.resolvers.map(({ fieldName }) => fieldName)).toEqual(['task', 'nested']);
});

test('a nested stack whose condition is false is absent with all that is in it', () => {
  const app = read(resource('AWS::CloudFormation::Stack', properties, { Condition: 'Never' }));

  expect(app.tables).toEqual([]);
  expect(app.api.resolvers).toHaveLength(1);
});

test('an output that a nested stack does not have is refused', () => {
  const act = () => {
    const directory = writeAssembly(
      {
        Tasks: {
          template: {
            Resources: {
              Api: resource('AWS::AppSync::GraphQLApi', {
                AuthenticationType: 'API_KEY',
                Name: { 'Fn::GetAtt': ['Inner', 'Outputs.Title'] },
              }),
              Inner: resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://s3/bucket/deeper.json' }),
            },
          },
        },
      },
      { 'deeper.nested.json': JSON.stringify(innermost) },
      { 'deeper.json': { path: 'deeper.nested.json', packaging: 'file' } },
    );
    return readApp(loadAssembly(directory));
  };

  expect(act).toThrow(
    expect.objectContaining({
      reasons: expect.arrayContaining([
        expect.stringContaining("stack Tasks-Inner has no output 'Title'; it has 'Name'"),
      ]),
    }),
  );
});
