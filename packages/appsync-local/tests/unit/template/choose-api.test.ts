import { expect, test } from 'vitest';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { readApp } from '../../../src/template/read-app.ts';
import { minimalResources, readWith, resource } from './harness/minimal-api.ts';
import { writeAssembly } from './harness/written-assembly.ts';

const second = resource('AWS::AppSync::GraphQLApi', { Name: 'second', AuthenticationType: 'AWS_IAM' });

const merged = { Name: 'all', AuthenticationType: 'AWS_IAM', ApiType: 'MERGED' };

test('refuses an assembly without an API', () => {
  const act = () => readApp(loadAssembly(writeAssembly({ Empty: { template: { Resources: {} } } })));

  expect(act).toThrow('the cloud assembly has no AWS::AppSync::GraphQLApi');
});

test('names an Events API as what it is', () => {
  const events = { Channels: resource('AWS::AppSync::Api', { Name: 'channels' }) };
  const act = () => readApp(loadAssembly(writeAssembly({ Chat: { template: { Resources: events } } })));

  expect(act).toThrow('Chat/Channels is an AppSync Events API');
});

test('refuses to choose between two APIs and names the flag', () => {
  const act = () => readWith({ Second: second });

  expect(act).toThrow(
    "the cloud assembly has 2 GraphQL APIs: 'Tasks/Api', 'Tasks/Second'; choose one with --api",
  );
});

test('runs the source API where the other one is a merged API', () => {
  const { api } = readWith({ Second: resource('AWS::AppSync::GraphQLApi', merged) });

  expect(api.logicalId).toBe('Api');
});

test('says of a merged API what to run instead, and nothing else', () => {
  const act = () =>
    readWith(
      {
        Second: resource('AWS::AppSync::GraphQLApi', merged),
        Part: resource('AWS::AppSync::SourceApiAssociation', {
          SourceApiIdentifier: { 'Fn::ImportValue': 'elsewhere' },
          MergedApiIdentifier: { 'Fn::GetAtt': ['Second', 'ApiId'] },
        }),
      },
      { apiLogicalId: 'Second' },
    );

  expect(act).toThrow(
    /^GraphQL API Tasks\/Second is a merged API \(ApiType MERGED\), which the local server does not run; run one of its source APIs with --api: 'Tasks\/Api'$/,
  );
});

test('takes the API that is asked for, and only what belongs to it', () => {
  const secondId = { 'Fn::GetAtt': ['Second', 'ApiId'] };
  const foreign = {
    Database: resource('AWS::AppSync::DataSource', {
      ApiId: secondId,
      Name: 'Database',
      Type: 'RELATIONAL_DATABASE',
    }),
    Other: resource('AWS::AppSync::DataSource', { ApiId: secondId, Name: 'Local', Type: 'NONE' }),
    Key: resource('AWS::AppSync::ApiKey', { ApiId: secondId }),
  };

  const app = readWith({ Second: second, ...foreign }, { apiLogicalId: 'Api' });

  expect(app.api).toMatchObject({
    logicalId: 'Api',
    name: 'tasks',
    dataSources: [{ logicalId: 'Local' }],
    apiKeys: [],
  });
});

test('refuses an API that is not there', () => {
  const act = () => readWith({}, { apiLogicalId: 'Apo' });

  expect(act).toThrow("--api 'Apo' is not a GraphQL API of the cloud assembly; it has 'Tasks/Api'");
});

test('tells stages apart by the name of the stack, and leaves the other stage alone', () => {
  const directory = writeAssembly({
    Dev: { template: { Resources: minimalResources } },
    Prod: { template: { Resources: { ...minimalResources, Bus: resource('AWS::Events::EventBus') } } },
  });

  const app = readApp(loadAssembly(directory), { apiLogicalId: 'Dev/Api' });

  expect(app.api.logicalId).toBe('Api');
  expect(() => readApp(loadAssembly(directory), { apiLogicalId: 'Api' })).toThrow("'Dev/Api', 'Prod/Api'");
});

test('reaches stacks by manifest dependency, by import, and those that build on the API', () => {
  const table = (name: string) => ({
    template: {
      Resources: { Table: resource('AWS::DynamoDB::Table', { TableName: name }) },
      Outputs: { Name: { Value: { Ref: 'Table' }, Export: { Name: `export-${name}` } } },
    },
  });
  const directory = writeAssembly({
    Declared: table('declared'),
    Imported: table('imported'),
    Apart: table('apart'),
    Api: {
      template: {
        Resources: {
          ...minimalResources,
          Note: resource('AWS::SSM::Parameter', {
            Name: 'note',
            Value: { 'Fn::ImportValue': 'export-imported' },
          }),
        },
      },
      dependencies: ['Declared'],
    },
    User: { ...table('user'), dependencies: ['Api'] },
  });

  const app = readApp(loadAssembly(directory));

  expect(app.tables.map(({ tableName }) => tableName)).toEqual(['declared', 'imported', 'user']);
});
