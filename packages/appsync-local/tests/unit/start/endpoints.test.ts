import { describe, expect, test } from 'vitest';
import { endpointNotes, withEndpoints } from '../../../src/start/endpoints.ts';
import { apiId, code, javascript, readWith, resource } from '../template/harness/minimal-api.ts';

const http = (name: string, endpoint: string, config: object = {}) =>
  resource('AWS::AppSync::DataSource', {
    ApiId: apiId,
    Name: name,
    Type: 'HTTP',
    HttpConfig: { Endpoint: endpoint, ...config },
  });

const resolver = (fieldName: string, properties: object) =>
  resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: fieldName,
    Runtime: javascript,
    Code: code,
    ...properties,
  });

const SIGNED = {
  AuthorizationConfig: {
    AuthorizationType: 'AWS_IAM',
    AwsIamConfig: { SigningRegion: 'eu-west-1', SigningServiceName: 'sqs' },
  },
};

const APP = readWith({
  Weather: http('weather', 'https://weather.example'),
  Queue: http('queue', 'https://sqs.eu-west-1.amazonaws.com', SIGNED),
  Legacy: http('legacy', 'http://legacy.example:4000'),
  Unused: http('unused', 'https://unused.example'),
  Step: resource('AWS::AppSync::FunctionConfiguration', {
    ApiId: apiId,
    Name: 'step',
    DataSourceName: 'queue',
    Runtime: javascript,
    Code: code,
  }),
  ...Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [
      `Weather${name}`,
      resolver(name, { DataSourceName: 'weather' }),
    ]),
  ),
  Send: resolver('send', {
    Kind: 'PIPELINE',
    PipelineConfig: { Functions: [{ 'Fn::GetAtt': ['Step', 'FunctionId'] }] },
  }),
  Old: resolver('old', { DataSourceName: 'legacy' }),
});

const endpointsOf = ({ api }: typeof APP): Record<string, string> =>
  Object.fromEntries(
    api.dataSources.flatMap((source) => (source.type === 'HTTP' ? [[source.name, source.endpoint]] : [])),
  );

describe('--endpoint', () => {
  test('sends the data sources it names elsewhere, and no others', () => {
    const app = withEndpoints(APP, new Map([['weather', 'http://localhost:9000/v1']]));

    expect(endpointsOf(app)).toEqual({ ...endpointsOf(APP), weather: 'http://localhost:9000/v1' });
  });

  test('names every data source that is no HTTP data source, and those that are', () => {
    const endpoints = new Map([
      ['weather', 'http://localhost:1'],
      ['wether', 'http://localhost:1'],
      ['Local', 'http://localhost:1'],
    ]);

    expect(() => withEndpoints(APP, endpoints)).toThrow(
      "--endpoint names 'wether', 'Local'; the HTTP data sources of the template are 'weather', 'queue', 'legacy', 'unused'",
    );
  });
});

describe('the notes of a start', () => {
  test('name each endpoint that a field can reach, and whose signature it gets', () => {
    expect(endpointNotes(APP, {})).toEqual([
      'Query.a, Query.b, Query.c and 2 more fields: requests go to https://weather.example (HTTP data source weather).',
      'Query.send: requests go to https://sqs.eu-west-1.amazonaws.com (HTTP data source queue), signed with local credentials, which AWS refuses (--aws-credentials signs with yours).',
      'Query.old: requests go to http://legacy.example:4000 (HTTP data source legacy). AppSync reaches ports 80 and 443 only, not 4000.',
    ]);
  });

  test('say what --endpoint and --aws-credentials have changed', () => {
    const endpoints = new Map([['legacy', 'http://localhost:9000']]);
    const awsCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

    const notes = endpointNotes(withEndpoints(APP, endpoints), { endpoints, awsCredentials });

    expect(notes.slice(1)).toEqual([
      'Query.send: requests go to https://sqs.eu-west-1.amazonaws.com (HTTP data source queue), signed with the AWS credentials of the environment.',
      'Query.old: requests go to http://localhost:9000 (HTTP data source legacy).',
    ]);
  });
});
