import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../../../../src/ground/record.ts';
import type { AppModel } from '../../../../src/template/app-model.ts';
import { loadTemplateFile } from '../../../../src/template/file/load-template.ts';
import { readApp } from '../../../../src/template/read-app.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

async function read(text: string): Promise<AppModel> {
  const directory = temporaryDirectory();
  writeText(directory, 'template.yaml', `Transform: AWS::Serverless-2016-10-31\nResources:\n${text}`);
  return readApp(await loadTemplateFile(join(directory, 'template.yaml')));
}

/** A template of this folder's fixtures, with the code and the layer that it names. */
async function readFixture(name: string, directory: string): Promise<Omit<AppModel, 'notRun' | 'notes'>> {
  copyFileSync(join(import.meta.dirname, 'fixtures', name), join(directory, name));
  writeText(directory, 'code.zip', '');
  writeText(directory, 'layer.zip', '');
  const { notRun: _, notes: __, ...app } = readApp(await loadTemplateFile(join(directory, name)));
  return sorted(app) as typeof app;
}

/** SAM sorts the resources of a template, and writes a list of one action as that action. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every(isNamed) ? items.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1)) : items;
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, member]) => [
          key,
          ['Action', 'Resource'].includes(key) ? [member].flat() : sorted(member),
        ]),
      )
    : value;
}

const isNamed = (item: unknown): item is { logicalId: string } => isRecord(item) && 'logicalId' in item;

describe('a SAM template', () => {
  // notes.transformed.json is what aws-sam-translator 1.115.0 makes of notes.yaml: SAM's own transform, as on AWS.
  test('is the same app as what SAM makes of it', async () => {
    const directory = temporaryDirectory();

    const ours = await readFixture('notes.yaml', directory);
    const theirs = await readFixture('notes.transformed.json', directory);

    expect(ours).toEqual(theirs);
    expect(theirs.lambdaFunctions).toHaveLength(2);
    expect(theirs.eventSourceMappings).toHaveLength(2);
    expect(theirs.eventRules).toHaveLength(3);
    expect(theirs.api.resolvers).toHaveLength(3);
    expect(theirs.roles).toHaveLength(5);
  });
});

const api = (more: string): string => `
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: 'type Query { note: String }'
      Auth: { Type: API_KEY }
      ${more}
`;

const RUNTIME = 'Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }';

describe('SAM refuses, and so does the server,', () => {
  test.each([
    ['an API with two schemas', 'SchemaUri: s3://b/k', "it must have one of 'SchemaInline' and 'SchemaUri'"],
    [
      'a unit resolver',
      `Resolvers: { Query: { note: { InlineCode: x, ${RUNTIME} } } }`,
      'Resolvers.Query.note must have a Pipeline; for a unit resolver use an AWS::AppSync::Resolver',
    ],
    [
      'a pipeline of an unknown function',
      'Resolvers: { Query: { note: { Pipeline: [raed] } } }',
      "Resolvers.Query.note names the function 'raed'; there is none",
    ],
    [
      'a function on an unknown data source',
      `Functions: { read: { DataSource: Store, InlineCode: x, ${RUNTIME} } }`,
      "Functions.read names the DataSource 'Store'; DataSources has none, and there is 'NONE'",
    ],
    [
      'a function without code',
      `Functions: { read: { DataSource: NONE, ${RUNTIME} } }`,
      "must have 'InlineCode' or",
    ],
    ['code without a runtime', 'Functions: { read: { DataSource: NONE, InlineCode: x } }', 'needs a Runtime'],
  ])('%s', async (_, more, reason) => {
    await expect(read(api(more))).rejects.toThrow(reason);
    await expect(read(api(more))).rejects.toThrow('SAM resource Api: ');
  });

  test('all mistakes of one API at once', async () => {
    const mistakes = `Functions: { a: { DataSource: Store, InlineCode: x, ${RUNTIME} }, b: { DataSource: NONE, ${RUNTIME} } }
      Resolvers: { Query: { note: { Pipeline: [a] }, other: { Pipeline: [bb] } } }`;
    const text = api(mistakes).replace('API_KEY', 'OPENID_CONNECT');

    const refused = await read(text).catch((error: unknown) => error);

    expect(refused).toMatchObject({
      reasons: [
        "SAM resource Api: Auth of the Type OPENID_CONNECT needs 'OpenIDConnect'",
        "SAM resource Api: Functions.a names the DataSource 'Store'; DataSources has none, and there is 'NONE'",
        "SAM resource Api: Functions.b must have 'InlineCode' or 'CodeUri'",
        "SAM resource Api: Resolvers.Query.other names the function 'bb'; there is 'a', 'b'",
      ],
    });
  });

  test('a table whose key has no type', async () => {
    const table = 'Notes: { Type: AWS::Serverless::SimpleTable, Properties: { PrimaryKey: { Name: id } } }';

    await expect(read(`${api('')}\n  ${table}\n`)).rejects.toThrow(
      'SAM resource Notes: PrimaryKey needs a Name, and a Type that is one of String, Number, Binary',
    );
  });

  test('authorization without its configuration', async () => {
    const text = api('').replace('API_KEY', 'AMAZON_COGNITO_USER_POOLS');

    await expect(read(text)).rejects.toThrow("Auth of the Type AMAZON_COGNITO_USER_POOLS needs 'UserPool'");
  });
});

test('names events that call no function here, and resources of other types', async () => {
  const app = await read(`${api('')}
  Answer:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = async () => 1
      Handler: index.handler
      Runtime: nodejs20.x
      Environment: { Variables: { URL: !Sub 'https://\${ServerlessRestApi}.example.com' } }
      Events:
        Web: { Type: Api, Properties: { Path: /, Method: get } }
        Upload: { Type: S3, Properties: { Bucket: !Ref Files, Events: 's3:ObjectCreated:*' } }
  Files: { Type: AWS::S3::Bucket }
  Steps: { Type: AWS::Serverless::StateMachine }
`);

  expect(app.notes).toEqual([
    'Lambda function Answer has events that do not call it here: Web (Api), Upload (S3).',
  ]);
  expect(app.notRun.map(({ type }) => type)).toContain('AWS::Serverless::StateMachine');
  expect(app.lambdaFunctions[0]?.environment['URL']).toMatch(/^https:\/\/.+\.example\.com$/);
});

test.each([
  ['a connector', 'Link: { Type: AWS::Serverless::Connector }', ''],
  [
    'a policy template that is not known here',
    'None: { Type: AWS::SNS::Topic }',
    'Policies: [{ DynamoDBNewPolicy: {} }]',
  ],
])('a function with %s has a role of which not everything is known', async (_, resource, policies) => {
  const app = await read(`${api('')}
  Answer:
    Type: AWS::Serverless::Function
    Properties:
      { InlineCode: x, Handler: index.handler, Runtime: nodejs20.x, ${policies} }
  ${resource}
`);

  expect(app.roles).toMatchObject([
    { otherPolicies: [expect.any(String), expect.stringMatching(/^(connectors of SAM|DynamoDBNewPolicy)$/)] },
  ]);
});
