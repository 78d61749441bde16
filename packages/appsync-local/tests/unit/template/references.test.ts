import { describe, expect, test } from 'vitest';
import { changed, minimalResources, readWith, resource } from './harness/minimal-api.ts';
import { step, pipeline, source, lambda } from './harness/resources.ts';

type Json = Record<string, unknown>;

describe('a reference that leads nowhere', () => {
  test.each<[string, Json, string]>([
    [
      'a data source of a resolver',
      changed('TaskResolver', { DataSourceName: 'Locla' }),
      "resolver Query.task names data source 'Locla'; the template has 'Local'",
    ],
    [
      'a data source of an AppSync function',
      step({ DataSourceName: 'Locla' }),
      "AppSync function readTask names data source 'Locla'; the template has 'Local'",
    ],
    [
      'an AppSync function',
      { ...step(), ...pipeline(['abc']) },
      "resolver Query.task names AppSync function id 'abc'; the template has the AppSync functions 'readTask'",
    ],
    [
      'a table',
      source('AMAZON_DYNAMODB', { DynamoDBConfig: { TableName: 'elsewhere', AwsRegion: 'us-east-1' } }),
      "data source Source (logical id Source) names table 'elsewhere'; the template has none",
    ],
    [
      'a Lambda function',
      source('AWS_LAMBDA', {
        LambdaConfig: { LambdaFunctionArn: 'arn:aws:lambda:us-east-1:1:function:far' },
      }),
      "names Lambda function 'arn:aws:lambda:us-east-1:1:function:far'; the template has none",
    ],
    [
      'a resource',
      source('AWS_LAMBDA', { LambdaConfig: { LambdaFunctionArn: { 'Fn::GetAtt': ['Gone', 'Arn'] } } }),
      'stack Tasks, resource Source: cannot resolve {"Fn::GetAtt":["Gone","Arn"]}',
    ],
    [
      'code that is not there',
      changed('TaskResolver', { Code: undefined, Runtime: undefined }),
      "has no code; only an AWS_LAMBDA data source works without it, 'Local' is NONE",
    ],
    [
      'pipeline code that is not there',
      { ...step(), ...pipeline([], { Code: undefined }) },
      'resolver Query.task (logical id TaskResolver) is a pipeline resolver without code',
    ],
    [
      'a schema that is not there',
      { Schema: resource('AWS::SSM::Parameter') },
      'GraphQL API Api must have one AWS::AppSync::GraphQLSchema; it has 0',
    ],
    [
      'a resolver that is there twice',
      { Again: minimalResources['TaskResolver']! },
      'resolver Query.task is defined twice: logical ids TaskResolver and Again',
    ],
    [
      'a data source that is there twice',
      { Again: minimalResources['Local']! },
      'data source Local is defined twice: logical ids Local and Again',
    ],
    [
      'a property of the wrong form',
      lambda({ Timeout: 'soon' }),
      'stack Tasks, resource Validate: Timeout must be a number; it is "soon"',
    ],
    [
      'a property that is missing',
      changed('TaskResolver', { FieldName: undefined }),
      'stack Tasks, resource TaskResolver: FieldName is missing',
    ],
    [
      'an unknown authorization mode',
      changed('Api', { AuthenticationType: 'MAGIC' }),
      "AuthenticationType must be one of 'API_KEY', 'AWS_IAM'",
    ],
  ])('%s', (_title, resources, message) => {
    const act = () => readWith(resources, { strict: true });

    expect(act).toThrow(message);
  });

  test('may be a table outside the assembly when that is allowed', () => {
    const config = { DynamoDBConfig: { TableName: 'elsewhere', AwsRegion: 'us-east-1' } };

    const app = readWith(source('AMAZON_DYNAMODB', config), { externalTables: true });

    expect(app.api.dataSources).toContainEqual({
      logicalId: 'Source',
      name: 'Source',
      type: 'AMAZON_DYNAMODB',
      tableName: 'elsewhere',
      region: 'us-east-1',
    });
  });
});
