import { describe, expect, test } from 'vitest';
import { code, apiId, changed, javascript, readWith, resource } from './harness/minimal-api.ts';

/** A field `asked` beside the minimal API's `task`. */
const asking = (source: object) => ({
  ...changed('Schema', { Definition: 'type Query { task: String asked: String }' }),
  Asked: resource('AWS::AppSync::DataSource', { ApiId: apiId, Name: 'Asked', ...source }),
  AskedResolver: resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'asked',
    DataSourceName: 'Asked',
    Runtime: javascript,
    Code: code,
  }),
});

const functionWith = (variables: object) => ({
  ...asking({
    Type: 'AWS_LAMBDA',
    LambdaConfig: { LambdaFunctionArn: { 'Fn::GetAtt': ['Ask', 'Arn'] } },
  }),
  Ask: resource('AWS::Lambda::Function', {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::123456789012:role/ask',
    Code: { ZipFile: 'exports.handler = async () => 1;' },
    Environment: { Variables: { STAGE: 'dev', ...variables } },
  }),
});

const tableNamed = (name: unknown) =>
  asking({ Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { AwsRegion: 'us-east-1', TableName: name } });

const secret = '{{resolve:secretsmanager:stripe:SecretString:key}}';
const shared = {
  Parameters: { Shared: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shared/table' } },
};

describe('a value that only AWS has', () => {
  test.each<[string, unknown, string]>([
    [
      'an export of another app',
      { 'Fn::ImportValue': 'shared-table' },
      "no stack of the assembly exports 'shared-table'",
    ],
    [
      'an SSM parameter of another app',
      { Ref: 'Shared' },
      "has the name '/shared/table'; pass --parameter Shared=VALUE",
    ],
    ['a secret', secret, 'a reference to secretsmanager has no value outside AWS'],
  ])('costs the fields of its data source only: %s', (_, name, reason) => {
    const { unavailable, api } = readWith(tableNamed(name), {}, shared);

    expect(unavailable).toEqual([{ reason: expect.stringContaining(reason), users: ['Query.asked'] }]);
    expect(api.resolvers).toHaveLength(2);
  });

  test('costs the fields of a Lambda function that has it in its environment, and says what to do', () => {
    const { unavailable } = readWith(
      functionWith({ KEY: secret, TABLE: { 'Fn::ImportValue': 'shared-table' } }),
    );

    expect(unavailable).toEqual([
      {
        reason: expect.stringContaining(
          "Lambda function Ask needs values for the environment variables 'KEY', 'TABLE'; give them with --env-file: ",
        ),
        users: ['Query.asked'],
      },
    ]);
  });

  test('may be given for the environment of a Lambda function', () => {
    const options = { givenVariables: { KEY: 'sk_test', OTHER: 'x' } };

    const { unavailable, lambdaFunctions } = readWith(functionWith({ KEY: secret }), options);

    expect(unavailable).toEqual([]);
    expect(lambdaFunctions[0]?.environment).toEqual({ STAGE: 'dev', KEY: 'sk_test' });
  });

  test('prevents a strict start', () => {
    const act = () => readWith(functionWith({ KEY: secret }), { strict: true });

    expect(act).toThrow("Lambda function Ask needs values for the environment variables 'KEY'");
  });
});
