import { expect, test } from 'vitest';
import { apiId, changed, code, javascript, readWith, resource } from './harness/minimal-api.ts';
import { lambda } from './harness/resources.ts';

/** As `AwsCustomResource` and other providers give the ARN of what they make. */
const nameOfElsewhere = {
  'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Elsewhere', 'TableArn'] }] }],
};

test('a table that a custom resource makes costs its own fields only', () => {
  const { unavailable, api } = readWith({
    Elsewhere: resource('Custom::Table', {
      ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:maker',
    }),
    Made: resource('AWS::AppSync::DataSource', {
      ApiId: apiId,
      Name: 'Made',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: { AwsRegion: 'us-east-1', TableName: nameOfElsewhere },
    }),
    ...changed('Schema', { Definition: 'type Query { task: String made: String }' }),
    MadeResolver: resource('AWS::AppSync::Resolver', {
      ApiId: apiId,
      TypeName: 'Query',
      FieldName: 'made',
      DataSourceName: 'Made',
      Runtime: javascript,
      Code: code,
    }),
  });

  expect(unavailable).toEqual([
    {
      reason: expect.stringContaining("data source Made (logical id Made) names table 'Tasks-Elsewhere-"),
      users: ['Query.made'],
    },
  ]);
  expect(api.resolvers).toHaveLength(2);
});

test('an environment variable may be an item of a list that only AWS knows', () => {
  const { lambdaFunctions } = readWith({
    Endpoint: resource('AWS::EC2::VPCEndpoint', {}),
    ...lambda({
      Environment: {
        Variables: { HOST: { 'Fn::Select': [0, { 'Fn::GetAtt': ['Endpoint', 'DnsEntries'] }] } },
      },
    }),
  });

  expect(lambdaFunctions[0]?.environment).toMatchObject({ HOST: expect.stringMatching(/^Tasks-Endpoint-/) });
});

test('an environment variable may be an attribute that is not listed, of what does not run here', () => {
  const { lambdaFunctions } = readWith({
    Site: resource('AWS::S3::Bucket', {}),
    ...lambda({ Environment: { Variables: { SITE: { 'Fn::GetAtt': ['Site', 'WebsiteURL'] } } } }),
  });

  expect(lambdaFunctions[0]?.environment).toMatchObject({
    SITE: expect.stringMatching(/^Tasks-Site-.*WebsiteURL$/),
  });
});

test('an attribute that is not listed, of what runs here, is refused', () => {
  const act = () => readWith(changed('Local', { Name: { 'Fn::GetAtt': ['Api', 'Nam'] } }));

  expect(act).toThrow("the local server does not support attribute 'Nam' of AWS::AppSync::GraphQLApi");
});
