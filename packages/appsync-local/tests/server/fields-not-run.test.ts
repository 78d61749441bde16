import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../src/ground/python.ts';
import { start } from '../../src/index.ts';
import type { Server } from '../../src/library/library.types.ts';
import { apiId, code, javascript, resource } from '../unit/template/harness/minimal-api.ts';
import { writeAssembly } from '../unit/template/harness/written-assembly.ts';

type Json = Record<string, unknown>;

const dataSource = (name: string, type: string, properties: Json = {}): Json => ({
  [name]: resource('AWS::AppSync::DataSource', { ApiId: apiId, Name: name, Type: type, ...properties }),
});

const field = (fieldName: string, properties: Json): Json => ({
  [`Field${fieldName}`]: resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: fieldName,
    Runtime: javascript,
    Code: code,
    ...properties,
  }),
});

const lambdaSource = (name: string, arn: unknown): Json =>
  dataSource(name, 'AWS_LAMBDA', { LambdaConfig: { LambdaFunctionArn: arn } });

const lambda = (name: string, properties: Json): Json => ({
  [`${name}Function`]: resource('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => "answer"' },
    ...properties,
  }),
  ...lambdaSource(name, { 'Fn::GetAtt': [`${name}Function`, 'Arn'] }),
});

const vtl = { Runtime: undefined, Code: undefined, RequestMappingTemplate: '{}' };
const far = 'arn:aws:lambda:us-east-1:123456789012:function:far';

/** What a field asks for, and the error it answers. */
const fields: Record<string, { resources: Json; message: string }> = {
  relational: {
    resources: {
      ...dataSource('Rows', 'RELATIONAL_DATABASE'),
      ...field('relational', { DataSourceName: 'Rows' }),
    },
    message: "data source Rows (logical id Rows) has the type 'RELATIONAL_DATABASE'",
  },
  search: {
    resources: {
      ...dataSource('Search', 'AMAZON_OPENSEARCH_SERVICE'),
      ...field('search', { DataSourceName: 'Search' }),
    },
    message: "data source Search (logical id Search) has the type 'AMAZON_OPENSEARCH_SERVICE'",
  },
  image: {
    resources: {
      ...lambda('Image', { PackageType: 'Image', Code: { ImageUri: 'x' } }),
      ...field('image', { DataSourceName: 'Image', Runtime: undefined, Code: undefined }),
    },
    message:
      'data source Image (logical id Image) of type AWS_LAMBDA: Lambda function ImageFunction is a container image',
  },
  ruby: {
    resources: { ...lambda('Ruby', { Runtime: 'ruby3.4' }), ...field('ruby', { DataSourceName: 'Ruby' }) },
    message:
      "data source Ruby (logical id Ruby) of type AWS_LAMBDA: Lambda function RubyFunction has the runtime 'ruby3.4'",
  },
  imported: {
    resources: { ...lambdaSource('Far', far), ...field('imported', { DataSourceName: 'Far' }) },
    message: `data source Far (logical id Far) names Lambda function '${far}'`,
  },
  table: {
    resources: {
      ...dataSource('Orders', 'AMAZON_DYNAMODB', {
        DynamoDBConfig: { TableName: 'orders', AwsRegion: 'us-east-1' },
      }),
      ...field('table', { DataSourceName: 'Orders' }),
    },
    message: "data source Orders (logical id Orders) names table 'orders'",
  },
  template: {
    resources: field('template', { DataSourceName: 'Local', ...vtl }),
    message: 'resolver Query.template (logical id Fieldtemplate) has VTL mapping templates',
  },
  gateway: {
    resources: {
      Gateway: resource('AWS::ApiGatewayV2::Api', {}),
      ...dataSource('Rest', 'HTTP', {
        HttpConfig: { Endpoint: { 'Fn::GetAtt': ['Gateway', 'ApiEndpoint'] } },
      }),
      ...field('gateway', { DataSourceName: 'Rest' }),
    },
    message:
      'HTTP data source Rest (logical id Rest) has its endpoint from a resource that does not run here',
  },
  pipeline: {
    resources: {
      Step: resource('AWS::AppSync::FunctionConfiguration', {
        ApiId: apiId,
        Name: 'step',
        DataSourceName: 'Local',
        ...vtl,
      }),
      ...field('pipeline', {
        Kind: 'PIPELINE',
        PipelineConfig: { Functions: [{ 'Fn::GetAtt': ['Step', 'FunctionId'] }] },
      }),
    },
    message: 'AppSync function step (logical id Step) has VTL mapping templates',
  },
};

const runs = {
  ...dataSource('Local', 'NONE'),
  ...field('local', {
    DataSourceName: 'Local',
    Code: 'export const request = () => ({ payload: "here" }); export const response = (ctx) => ctx.result;',
  }),
};

function assemblyOf(resources: Json, names: string[], api: Json = {}): string {
  const definition = `type Query { ${['local', ...names].map((name) => `${name}: String`).join(' ')} }`;
  return writeAssembly({
    Shop: {
      template: {
        Resources: {
          Api: resource('AWS::AppSync::GraphQLApi', {
            Name: 'shop',
            AuthenticationType: 'API_KEY',
            ...api,
          }),
          Key: resource('AWS::AppSync::ApiKey', { ApiId: apiId, Expires: 4_000_000_000 }),
          Schema: resource('AWS::AppSync::GraphQLSchema', { ApiId: apiId, Definition: definition }),
          ...runs,
          ...resources,
        },
      },
    },
  });
}

describe('a field that needs what does not run here', () => {
  const names = Object.keys(fields);
  const resources = Object.assign({}, ...Object.values(fields).map((one) => one.resources)) as Json;
  const app = assemblyOf(resources, names);
  let server: Server;
  beforeAll(async () => {
    server = await start({ app });
  });
  afterAll(() => server?.close());

  it.each(names)('answers an error that names it: %s', async (name) => {
    const answer = await server.graphql(`{ local ${name} }`);

    expect(answer.data).toEqual({ local: 'here', [name]: null });
    expect(answer.errors).toEqual([
      expect.objectContaining({
        path: [name],
        errorType: 'NotRunLocally',
        message: expect.stringContaining(fields[name]!.message),
      }),
    ]);
  });

  it.each(names)('is told at the start: %s', (name) => {
    expect(server.notes).toContainEqual(expect.stringMatching(`^Fails here: .*Query\\.${name}\\b`));
  });

  it('is told together with others that fail for the same reason', () => {
    expect(server.notes.filter((note) => note.includes('VTL'))).toEqual([
      'Fails here: Query.template, Query.pipeline, since VTL mapping templates do not run here; try them on AWS, or write them in JavaScript (APPSYNC_JS).',
    ]);
  });
});

it.skipIf(findPython('3') === undefined)(
  'a field of a Lambda function in Python runs, as CDK deploys it',
  async () => {
    const python = lambda('Python', {
      Runtime: 'python3.13',
      Code: { ZipFile: 'def handler(event, context): return event["info"]["fieldName"]' },
    });
    const app = assemblyOf(
      { ...python, ...field('python', { DataSourceName: 'Python', Runtime: undefined, Code: undefined }) },
      ['python'],
    );
    const server = await start({ app });

    const answer = await server.graphql('{ python }');
    await server.close();

    expect(answer).toEqual({ data: { python: 'python' } });
  },
);

it('a Lambda authorizer that does not run here lets nobody in, and the API key still does', async () => {
  const app = assemblyOf({}, [], {
    AdditionalAuthenticationProviders: [
      { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: far } },
    ],
  });
  const lines: string[] = [];
  const server = await start({ app, log: (line) => lines.push(line) });
  const ask = async (headers: Record<string, string>): Promise<number> => {
    const body = JSON.stringify({ query: '{ local }' });
    return (await fetch(server.url, { method: 'POST', headers, body })).status;
  };

  const statuses = [await ask({ 'x-api-key': server.apiKey! }), await ask({ authorization: 'custom-token' })];
  await server.close();

  expect(statuses).toEqual([200, 401]);
  expect(server.notes).toContainEqual(expect.stringMatching(/^Fails here: the Lambda authorizer, since /));
  expect(lines.join('\n')).toContain(`Lambda authorizer far: does not run here: `);
});
