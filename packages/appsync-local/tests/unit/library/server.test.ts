import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start, type Server } from '../../../src/index.ts';
import { temporaryDirectory, writeText } from '../template/harness/written-assembly.ts';

const API = `
Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: words, AuthenticationType: API_KEY } }
  Key: { Type: AWS::AppSync::ApiKey, Properties: { ApiId: !GetAtt Api.ApiId } }
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties: { ApiId: !GetAtt Api.ApiId, Definition: 'type Query { word: String }' }
`;

it.each([
  ['memory and data', { memory: true, data: '.local' }, 'memory: true keeps no data'],
  ['neither', { memory: false }, 'memory: false needs data'],
])('start refuses %s', async (_, options, reason) => {
  await expect(start(options)).rejects.toThrow(reason);
});

it('start says in one line why a server does not start', async () => {
  await expect(start({ app: '/nowhere' })).rejects.toMatchObject({
    name: 'StartFailure',
    message: "there is no cloud assembly in '/nowhere': the directory does not exist",
  });
});

it('start keeps the reasons apart where there are several', async () => {
  const directory = temporaryDirectory();
  writeText(directory, 'template.yaml', 'Resources: { First: { Type: 1 }, Second: {} }');

  const failure = await start({ template: join(directory, 'template.yaml') }).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({
    name: 'StartFailure',
    reasons: [
      expect.stringContaining('resource First must be an object with a Type'),
      expect.stringContaining('resource Second must be an object with a Type'),
    ],
  });
});

it.each([
  [
    'a misspelt name',
    { parameter: { Stage: 'test' } },
    /^start has no option 'parameter'; it has app, .*parameters/,
  ],
  ['a wrong type', { app: new URL('file:///cdk.out') }, /^app must be a string, not URL/],
  ['a flag as text', { memory: 'yes' }, "memory must be true or false, not 'yes'"],
  ['an unknown word', { javascript: 'plane' }, "javascript must be 'appsync' or 'plain', not 'plane'"],
  [
    'an endpoint without scheme',
    { dynamodbEndpoint: 'localhost:8000' },
    /^dynamodbEndpoint must be the text of a URL/,
  ],
  ['an interval below 0', { expirySweepMs: -1 }, 'expirySweepMs must be a number above 0, not -1'],
  ['parameters as on the command line', { parameters: ['Stage=test'] }, /^parameters must be a plain object/],
  ['text', 'cdk.out', "the options of start must be an object, not 'cdk.out'"],
  ['several faults', { ap: 'cdk.out', port: '80' }, /no option 'ap'.*\nport must be a number, not '80'$/],
])('start refuses %s, which a compiler would', async (_, options, reason) => {
  const failure: unknown = await start(options as never).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(TypeError);
  expect((failure as Error).message).toMatch(reason);
});

describe('graphql', () => {
  const directory = temporaryDirectory();
  let server: Server;
  beforeAll(async () => {
    writeText(directory, 'template.yaml', API);
    server = await start({ template: join(directory, 'template.yaml') });
  });
  afterAll(() => server?.close());

  it('takes a parsed document without its source, as code generators write it', async () => {
    const document = parse('{ word }', { noLocation: true });

    expect(await server.graphql(document)).toEqual({ data: { word: null } });
  });

  it.each([
    [
      'a misspelt caller',
      { as: 'apikey' },
      "as must be 'apiKey', 'iam', { user } or { token }, not 'apikey'",
    ],
    [
      'a misspelt option',
      { header: {} },
      "graphql has no option 'header'; it has as, headers, operationName",
    ],
    ['headers that are no plain object', { headers: new Headers() }, 'headers must be a plain object'],
  ])('refuses %s', async (_, options, reason) => {
    await expect(server.graphql('{ word }', {}, options as never)).rejects.toThrow(reason);
  });

  it('refuses a document that is missing', async () => {
    await expect(server.graphql(undefined as never)).rejects.toThrow(
      'the document must be text or the result of gql, not undefined',
    );
  });
});
