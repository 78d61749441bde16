import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AppModel } from '../../../../src/template/app-model.ts';
import { loadTemplateFile } from '../../../../src/template/file/load-template.ts';
import { readApp } from '../../../../src/template/read-app.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

/** Writes the files of a project and reads its API. */
async function read(files: Record<string, string>, template = 'template.yaml'): Promise<AppModel> {
  const directory = temporaryDirectory();
  Object.entries(files).forEach(([path, text]) => writeText(directory, path, text));
  return readApp(await loadTemplateFile(join(directory, template)));
}

const API = `
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: notes, AuthenticationType: API_KEY } }
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties: { ApiId: !GetAtt Api.ApiId, DefinitionS3Location: ./schema.graphql }
`;
const SCHEMA = 'type Query { note: String }';
const CODE = 'export const request = () => ({});\nexport const response = (ctx) => ctx.result;\n';

/** A Lambda function that a field asks. */
const functionOf = (properties: string, more = ''): string => `
  Answer:
    Type: AWS::Lambda::Function
    Properties: { Handler: index.handler, Runtime: nodejs20.x, Role: r, ${properties} }
    ${more}
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: answer
      Type: AWS_LAMBDA
      LambdaConfig: { LambdaFunctionArn: !GetAtt Answer.Arn }
  Note:
    Type: AWS::AppSync::Resolver
    Properties: { ApiId: !GetAtt Api.ApiId, TypeName: Query, FieldName: note, DataSourceName: !GetAtt Source.Name }
`;

describe('a CloudFormation template in YAML', () => {
  test('names schema, code and functions by paths relative to it', async () => {
    const app = await read({
      'template.yaml': `Resources:${API}${functionOf('Code: ./src')}
  Other:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: other
      DataSourceName: !GetAtt Source.Name
      CodeS3Location: resolvers/other.js
      Runtime: { Name: APPSYNC_JS, RuntimeVersion: 1.0.0 }
`,
      'schema.graphql': SCHEMA,
      'src/index.js': '',
      'resolvers/other.js': CODE,
    });

    expect(app.api.schema).toBe(SCHEMA);
    expect(app.api.resolvers).toMatchObject([{ fieldName: 'note' }, { code: { text: CODE } }]);
    expect(app.lambdaFunctions).toMatchObject([{ code: { directory: expect.stringMatching(/src$/) } }]);
  });

  test('has nested stacks by their paths, each with paths of its own', async () => {
    const app = await read({
      'template.yaml': `Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: nested/api.yaml, Parameters: { Name: given } }
`,
      'nested/api.yaml': `Parameters: { Name: { Type: String } }
Resources:${API.replace('Name: notes', 'Name: !Ref Name')}`,
      'nested/schema.graphql': SCHEMA,
    });

    expect(app.api).toMatchObject({ name: 'given', schema: SCHEMA });
  });

  test('that nests itself is refused', async () => {
    const nested =
      'Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: template.yaml } } }';

    await expect(read({ 'template.yaml': nested })).rejects.toThrow('does a template nest itself?');
  });

  test('is refused with every file that it lacks', async () => {
    const failing = read({
      'template.yaml': `Resources:${API}
  Note:
    Type: AWS::AppSync::Resolver
    Properties: { ApiId: !GetAtt Api.ApiId, TypeName: Query, FieldName: note, CodeS3Location: ./gone.js }
`,
    });

    await expect(failing).rejects.toMatchObject({
      reasons: [
        expect.stringMatching(/resource Schema: DefinitionS3Location names \S+schema\.graphql, which/),
        expect.stringMatching(/resource Note: CodeS3Location names \S+gone\.js, which is not a file/),
      ],
    });
  });

  test.each([
    ['Parameters: {}', /has no Resources/],
    ['Resources: { A: text }', /resource A must be an object with a Type; it is "text"/],
    ['Resources: { A: { Type: 5 } }', /resource A must be an object with a Type; it is \{"Type":5\}/],
    [
      'Resources:\n  A:\n    Type: B\n    Properties:\n',
      /resource A must have an object as Properties, or none; it has null$/,
    ],
    [
      'Resources: { A: { Type: B, Properties: [] } }',
      /resource A must have an object as Properties, or none; it has \[\]$/,
    ],
    ['Transform: AWS::Serverless-2016-10-31\nResources: { A: text }', /resource A must be an object/],
    ['Resources: { A: { Type: AWS::Serverless::Function } }', /add "Transform: AWS::Serverless-2016-10-31"/],
  ])('is refused: %s', async (text, reason) => {
    await expect(read({ 'template.yaml': text })).rejects.toThrow(reason);
  });

  test('is told what no transform here does', async () => {
    const app = await read({
      'template.yaml': `Transform: [Mine, { Name: AWS::Include, Parameters: {} }, AWS::LanguageExtensions]
Resources:${API}
  Fn::ForEach::Tables: [Name, [A], {}]
`,
      'schema.graphql': SCHEMA,
    });

    expect(app.notes).toEqual([
      expect.stringMatching(/^Transform Mine of \S+ is not applied here/),
      expect.stringMatching(/^Transform AWS::Include of/),
      expect.stringMatching(/^Fn::ForEach::Tables of \S+ is not expanded here/),
    ]);
  });
});

test('a function that sam build compiles asks for it, and runs from where it is built', async () => {
  const template = `Resources:${API}${functionOf('Code: ./src', 'Metadata: { BuildMethod: esbuild }')}`;
  const files = { 'schema.graphql': SCHEMA, 'src/index.ts': '' };
  const built = Object.fromEntries(
    Object.entries({ ...files, 'template.yaml': template }).map(([path, text]) => [
      `.aws-sam/build/${path}`,
      text,
    ]),
  );

  const app = await read({ ...files, 'template.yaml': template });
  const fromBuild = await read(built, '.aws-sam/build/template.yaml');

  expect(app.unavailable).toMatchObject([
    {
      reason: expect.stringContaining('sam build makes (BuildMethod esbuild); run it'),
      users: ['Query.note'],
    },
  ]);
  expect(fromBuild.unavailable).toEqual([]);
});

test('a function whose folder is missing is told once, by the path of the template', async () => {
  const app = await read({
    'template.yaml': `Resources:${API}${functionOf('Code: ./missing')}`,
    'schema.graphql': SCHEMA,
  });

  expect(app.unavailable).toEqual([
    {
      reason:
        'Lambda function Answer has the code "./missing", which does not exist in the folder of the template; ' +
        'correct the path there, or build the code first',
      users: ['Query.note'],
    },
  ]);
  expect(app.notRun).toEqual([]);
});

test('what serverless package leaves behind has its zip file beside the template', async () => {
  const key = 'serverless/notes/dev/1700000000000-2023/notes.zip';
  const app = await read(
    {
      '.serverless/update.json': JSON.stringify({
        Resources: {
          Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'n', AuthenticationType: 'API_KEY' } },
          Schema: {
            Type: 'AWS::AppSync::GraphQLSchema',
            Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, Definition: SCHEMA },
          },
          Answer: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Code: { S3Bucket: { Ref: 'Bucket' }, S3Key: key },
              Handler: 'a.b',
              Runtime: 'nodejs20.x',
            },
          },
          Bucket: { Type: 'AWS::S3::Bucket' },
        },
      }),
      '.serverless/notes.zip': '',
    },
    '.serverless/update.json',
  );

  expect(app.lambdaFunctions).toMatchObject([
    { code: { archive: expect.stringMatching(/\.serverless[/\\]notes\.zip$/) } },
  ]);
});

test('the region is that of the package, of the environment, or us-east-1', async () => {
  const regionWith = async (files: Record<string, string>): Promise<string | undefined> => {
    const directory = temporaryDirectory();
    Object.entries({ 'update.json': '{ "Resources": {} }', ...files }).forEach(([path, text]) =>
      writeText(directory, path, text),
    );
    return (await loadTemplateFile(join(directory, 'update.json'))).stacks[0]?.region;
  };
  const state = { service: { service: 'notes', provider: { name: 'aws', region: 'eu-west-1' } } };
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_DEFAULT_REGION', undefined);

  expect(await regionWith({})).toBe('us-east-1');
  vi.stubEnv('AWS_DEFAULT_REGION', 'eu-central-1');
  expect(await regionWith({})).toBe('eu-central-1');
  expect(await regionWith({ 'serverless-state.json': JSON.stringify(state) })).toBe('eu-west-1');
});

test('the stack has the name of the folder of the project, as CloudFormation takes it', async () => {
  const nameOf = async (path: string): Promise<string | undefined> => {
    const directory = temporaryDirectory();
    writeText(directory, path, 'Resources: {}');
    return (await loadTemplateFile(join(directory, path))).stacks[0]?.name;
  };

  expect(await nameOf('my_notes.app/template.yaml')).toBe('my-notes-app');
  expect(await nameOf('2-notes/.aws-sam/build/template.yaml')).toBe('notes');
  expect(await nameOf('notes/.serverless/update.json')).toBe('notes');
});

test('a folder is refused, with the template that it has', async () => {
  const directory = temporaryDirectory();
  writeText(directory, 'template.yaml', 'Resources: {}');

  await expect(loadTemplateFile(directory)).rejects.toThrow(
    `--template ${directory} is a folder; pass the file of a template, such as ${join(directory, 'template.yaml')}`,
  );
});
