import { describe, expect, test } from 'vitest';
import { apiId, changed, readWith, resource } from './harness/minimal-api.ts';
import { step, pipeline, source, lambda } from './harness/resources.ts';

type Json = Record<string, unknown>;

test('a minimal app is read', () => {
  const app = readWith({});

  expect(app.api.resolvers).toMatchObject([{ typeName: 'Query', fieldName: 'task', kind: 'UNIT' }]);
});

describe('a resource type the local server does not run', () => {
  const unheardOf = {
    Chain: resource('AWS::StepFunctions::StateMachine'),
    Cache: resource('AWS::AppSync::ApiCache'),
  };

  test('is left out and told', () => {
    const { notRun, isCached } = readWith(unheardOf);

    expect(notRun).toEqual([
      { type: 'AWS::StepFunctions::StateMachine', logicalId: 'Chain' },
      { type: 'AWS::AppSync::ApiCache', logicalId: 'Cache' },
    ]);
    expect(isCached).toBe(true);
  });

  test('is refused with --strict by type and logical id, all of them at once', () => {
    const act = () => readWith(unheardOf, { strict: true });

    const first =
      'resource type AWS::StepFunctions::StateMachine (logical id Chain) is not supported by the local server';
    expect(act).toThrow(
      expect.objectContaining({
        name: 'StartFailure',
        message: `${first} (and 1 more reason; \`reasons\` of this error has them all)`,
        reasons: [
          first,
          'resource type AWS::AppSync::ApiCache (logical id Cache) is not supported by the local server',
        ],
      }),
    );
  });

  test('is no problem when its condition is false', () => {
    const chain = resource('AWS::StepFunctions::StateMachine', {}, { Condition: 'Never' });

    const app = readWith({ Chain: chain }, {}, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } });

    expect(app.notRun).toEqual([]);
  });
});

describe('an unsupported feature is named with its logical id', () => {
  const vtl = { Code: undefined, Runtime: undefined, RequestMappingTemplate: '{}' };

  test.each<[string, Json, string]>([
    [
      'a VTL resolver',
      changed('TaskResolver', vtl),
      'resolver Query.task (logical id TaskResolver) has VTL mapping templates; the local server runs APPSYNC_JS 1.0.0 only',
    ],
    [
      'a VTL AppSync function',
      step({ ...vtl, ResponseMappingTemplateS3Location: 's3://x' }),
      'AppSync function readTask (logical id Step) has VTL mapping templates',
    ],
    [
      'another runtime version',
      changed('TaskResolver', { Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '2.0.0' } }),
      'resolver Query.task (logical id TaskResolver) uses the runtime APPSYNC_JS 2.0.0',
    ],
    ['code without runtime', changed('TaskResolver', { Runtime: undefined }), 'has code but no Runtime'],
    [
      'caching',
      changed('TaskResolver', { CachingConfig: { Ttl: 60 } }),
      'resolver Query.task (logical id TaskResolver) has CachingConfig',
    ],
    [
      'conflict detection',
      changed('TaskResolver', { SyncConfig: { ConflictDetection: 'VERSION' } }),
      'resolver Query.task (logical id TaskResolver) has SyncConfig',
    ],
    [
      'batches for another data source than a Lambda function',
      changed('TaskResolver', { MaxBatchSize: 5 }),
      "resolver Query.task (logical id TaskResolver) has MaxBatchSize 5; only an AWS_LAMBDA data source takes batches, 'Local' is NONE",
    ],
    [
      'batches for a pipeline resolver',
      pipeline([], { MaxBatchSize: 5 }),
      'resolver Query.task (logical id TaskResolver) is a pipeline resolver with a MaxBatchSize',
    ],
    [
      'a batch size AppSync does not have',
      step({ MaxBatchSize: 2001 }),
      'AppSync function readTask (logical id Step) has MaxBatchSize 2001; it must be a whole number from 0 to 2000',
    ],
    ['an unknown resolver kind', changed('TaskResolver', { Kind: 'UNITS' }), "has the Kind 'UNITS'"],
    [
      'a unit resolver without data source',
      changed('TaskResolver', { DataSourceName: undefined }),
      'resolver Query.task (logical id TaskResolver) is a unit resolver and names no data source',
    ],
    [
      'another data source type',
      { ...source('RELATIONAL_DATABASE'), ...changed('TaskResolver', { DataSourceName: 'Source' }) },
      "data source Source (logical id Source) has the type 'RELATIONAL_DATABASE'",
    ],
    [
      'a data source of another type that an AppSync function of a pipeline has',
      {
        ...source('AMAZON_OPENSEARCH_SERVICE'),
        ...step({ DataSourceName: 'Source' }),
        ...pipeline([{ 'Fn::GetAtt': ['Step', 'FunctionId'] }]),
      },
      "data source Source (logical id Source) has the type 'AMAZON_OPENSEARCH_SERVICE'",
    ],
    [
      'a versioned data source',
      {
        ...source('AMAZON_DYNAMODB', {
          DynamoDBConfig: { TableName: 'T', AwsRegion: 'us-east-1', Versioned: true },
        }),
        ...changed('TaskResolver', { DataSourceName: 'Source' }),
      },
      'data source Source (logical id Source) is versioned',
    ],
    [
      'a merged API',
      changed('Api', { ApiType: 'MERGED' }),
      'GraphQL API Tasks/Api is a merged API (ApiType MERGED), which the local server does not run; run its source APIs',
    ],
    [
      'an OpenID Connect issuer that is no URL',
      changed('Api', { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'auth0' } }),
      "OpenIDConnectConfig: Issuer must be a URL such as https://auth.example.com; it is 'auth0'",
    ],
    [
      'a time-out below zero',
      changed('Api', {
        AuthenticationType: 'OPENID_CONNECT',
        OpenIDConnectConfig: { Issuer: 'https://x.example', IatTTL: -1 },
      }),
      'OpenIDConnectConfig: IatTTL must be milliseconds, 0 or more; it is -1',
    ],
    [
      'a Lambda authorizer that the template does not have',
      changed('Api', {
        AdditionalAuthenticationProviders: [
          {
            AuthenticationType: 'AWS_LAMBDA',
            LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:us-east-1:1:function:elsewhere' },
          },
        ],
      }),
      "the Lambda authorizer of GraphQL API Api is 'arn:aws:lambda:us-east-1:1:function:elsewhere'; the template has",
    ],
    [
      'a Lambda authorizer without a function',
      changed('Api', { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: {} }),
      'LambdaAuthorizerConfig: AuthorizerUri is missing',
    ],
    [
      'authorizer results kept longer than an hour',
      changed('Api', {
        AuthenticationType: 'AWS_LAMBDA',
        LambdaAuthorizerConfig: { AuthorizerUri: 'x', AuthorizerResultTtlInSeconds: 3601 },
      }),
      'AuthorizerResultTtlInSeconds must be a whole number from 0 to 3600; it is 3601',
    ],
    [
      'an authorization mode that is there twice',
      changed('Api', { AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] }),
      "GraphQL API Api has the authorization mode 'API_KEY' twice; an API may have it once",
    ],
    [
      'a user pool in both places',
      changed('Api', {
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { UserPoolId: 'us-east-1_a' },
        AdditionalAuthenticationProviders: [
          { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'us-east-1_a' } },
        ],
      }),
      "GraphQL API Api has the provider 'us-east-1_a' as its default and as an additional authorization mode",
    ],
    [
      'DENY beside additional modes',
      changed('Api', {
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { UserPoolId: 'us-east-1_a', DefaultAction: 'DENY' },
        AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
      }),
      "GraphQL API Api has the DefaultAction 'DENY' and additional authorization modes",
    ],
    [
      'another default action',
      changed('Api', {
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { UserPoolId: 'us-east-1_a', DefaultAction: 'MAYBE' },
      }),
      "DefaultAction must be ALLOW or DENY; it is 'MAYBE'",
    ],
    [
      'a container image',
      lambda({ PackageType: 'Image', Code: { ImageUri: 'x' } }),
      'Lambda function Validate is a container image',
    ],
    [
      'another language',
      lambda({ Runtime: 'ruby3.4' }),
      "Lambda function Validate has the runtime 'ruby3.4'; the local server runs Node.js, Python and custom runtimes only, so try it on AWS",
    ],
    [
      'a layer of somebody else',
      lambda({ Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'] }),
      'Lambda function Validate has the layer arn:aws:lambda:us-east-1:1:layer:x:1, which is not in the cloud assembly',
    ],
    [
      'a file system',
      lambda({ FileSystemConfigs: [{ Arn: 'x' }] }),
      'Lambda function Validate mounts a file system',
    ],
    [
      'Lambda code outside the assembly',
      lambda({ Code: { S3Bucket: 'b', S3Key: 'gone.zip' } }),
      'Lambda function Validate has the code "gone.zip", which is not an asset of the cloud assembly',
    ],
    [
      'resolver code outside the assembly',
      changed('TaskResolver', { Code: undefined, CodeS3Location: 's3://b/gone.js' }),
      'CodeS3Location "s3://b/gone.js" is not an asset of the cloud assembly',
    ],
    [
      'a nested stack outside the assembly',
      { Inner: resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://s3/x.json' }) },
      'stack Tasks, resource Inner: the template of this nested stack is not an asset',
    ],
  ])('%s', (_title, resources, message) => {
    const act = () => readWith(resources, { strict: true });

    expect(act).toThrow(message);
    expect(act).toThrow(expect.objectContaining({ name: 'StartFailure' }));
  });

  test('and so are all others with it', () => {
    const act = () =>
      readWith({ ...changed('TaskResolver', vtl), ...lambda({ Runtime: 'ruby3.4' }) }, { strict: true });

    expect(act).toThrow(
      expect.objectContaining({
        reasons: [
          expect.stringContaining('VTL mapping templates'),
          expect.stringContaining("Lambda function Validate has the runtime 'ruby3.4'"),
        ],
      }),
    );
  });
});

describe('an association of a source API with a merged API', () => {
  const association = (merged: unknown) => ({
    Part: resource('AWS::AppSync::SourceApiAssociation', {
      SourceApiIdentifier: apiId,
      MergedApiIdentifier: merged,
    }),
  });

  test.each([apiId, { 'Fn::GetAtt': ['Api', 'Arn'] }])(
    'refuses the merged API, with the way out: %j',
    (id) => {
      expect(() => readWith(association(id))).toThrow('SourceApiAssociation Part makes a merged API');
    },
  );

  test('lets the source API run', () => {
    const { notRun } = readWith(association('abcdefghijklmnopqrstuvwxyz'));

    expect(notRun).toEqual([{ type: 'AWS::AppSync::SourceApiAssociation', logicalId: 'Part' }]);
  });
});

describe('a limit of AppSync is kept', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, 'x']));
  const stepId = { 'Fn::GetAtt': ['Step', 'FunctionId'] };

  test.each<[string, Json, string]>([
    [
      '11 AppSync functions in a pipeline',
      { ...step(), ...pipeline(Array(11).fill(stepId)) },
      "resolver Query.task (logical id TaskResolver) has 11 AppSync functions; AppSync's limit is 10 in a pipeline",
    ],
    [
      '32,769 characters of code',
      changed('TaskResolver', { Code: 'x'.repeat(32_769) }),
      "has 32769 characters of code; AppSync's limit is 32768 (32 KB)",
    ],
    [
      '51 environment variables',
      changed('Api', { EnvironmentVariables: many(51) }),
      "GraphQL API Api has 51 environment variables; AppSync's limit is 50",
    ],
    [
      'a schema over 1 MB',
      changed('Schema', { Definition: '#'.repeat(1024 * 1024 + 1) }),
      "GraphQL schema Schema has 1048577 bytes; AppSync's limit is 1048576 (1 MB)",
    ],
  ])('%s', (_title, resources, message) => {
    const act = () => readWith(resources);

    expect(act).toThrow(message);
  });

  test('and not undercut', () => {
    const app = readWith({
      ...step(),
      ...pipeline(Array(10).fill(stepId)),
      ...changed('Api', { EnvironmentVariables: many(50) }),
      ...changed('Schema', { Definition: '#'.repeat(1024 * 1024) }),
    });

    expect(Object.keys(app.api.environment)).toHaveLength(50);
  });
});

describe('a data source of a type the local server does not run', () => {
  test('is left out when no resolver uses it', () => {
    const app = readWith({ ...source('AMAZON_BEDROCK_RUNTIME'), ...step({ DataSourceName: 'Source' }) });

    expect(app.api.dataSources.map(({ name }) => name)).toEqual(['Local']);
    expect(app.notRun).toEqual([{ type: 'AWS::AppSync::DataSource', logicalId: 'Source' }]);
  });
});

test('a schema that cannot be read is no missing schema', () => {
  const act = () =>
    readWith(changed('Schema', { Definition: undefined, DefinitionS3Location: 's3://b/gone' }));

  expect(act).toThrow(
    /^stack Tasks, resource Schema: DefinitionS3Location "s3:\/\/b\/gone" is not an asset of the cloud assembly$/,
  );
});

describe('a policy that cannot be resolved', () => {
  test('does not prevent the start', () => {
    const policy = resource('AWS::IAM::Policy', {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: { 'Fn::GetAtt': ['Gone', 'Arn'] },
    });

    const app = readWith({ Policy: policy, Role: resource('AWS::IAM::Role') });

    expect(app.roles.map(({ documents }) => documents)).toEqual([[null]]);
  });
});
