import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../../deploy/deployed.ts';
import { readStage } from '../../../../deploy/stage/deployed-stage.ts';
import { type Answer, awsOfEachTest, json, refusal } from '../harness/aws.ts';

const OUTPUTS = {
  ApiId: 'api',
  GraphQLUrl: 'https://api.example.com/graphql',
  RealtimeUrl: 'wss://api.example.com/graphql',
  UserPoolId: 'eu-west-1_Pool',
  UserPoolClientId: 'client',
};

const stackWith = (outputs: object): Answer => ({
  xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>appsync-items-dev</StackName>
    <CreationTime>2026-11-30T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${Object.entries(
      outputs,
    )
      .map(
        ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});

const resources: Answer = {
  xml: `<DescribeStackResourcesResponse><DescribeStackResourcesResult><StackResources>${[
    ['DataItemsPolicy1', 'AWS::IAM::Policy', 'policy'],
    ['DataItems2E91B8E8', 'AWS::DynamoDB::GlobalTable', 'items-table'],
  ]
    .map(
      ([id, type, name]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId></member>`,
    )
    .join('')}</StackResources></DescribeStackResourcesResult></DescribeStackResourcesResponse>`,
};

const keys = json({
  apiKeys: [
    { id: 'da2-ended', expires: 1 },
    { id: 'da2-sooner', expires: 4_000_000_000 },
    { id: 'da2-later', expires: 4_100_000_000 },
  ],
});

const startAws = awsOfEachTest();
async function read(answers: Record<string, Answer>) {
  await startAws(answers);
  return readStage(await openAccount(), 'appsync-items-dev');
}

describe('a deployed stage', () => {
  it('is read from its outputs, with the key that lasts longest', async () => {
    const stage = await read({
      DescribeStacks: stackWith(OUTPUTS),
      DescribeStackResources: resources,
      'GET /v1/apis/api/apikeys': keys,
    });

    expect(stage).toEqual({
      stackName: 'appsync-items-dev',
      region: 'eu-west-1',
      graphqlUrl: OUTPUTS.GraphQLUrl,
      realtimeUrl: OUTPUTS.RealtimeUrl,
      apiKey: 'da2-later',
      userPoolId: OUTPUTS.UserPoolId,
      userPoolClientId: OUTPUTS.UserPoolClientId,
      itemsTable: 'items-table',
    });
  });

  it('has no key where the last one has ended', async () => {
    const stage = await read({
      DescribeStacks: stackWith(OUTPUTS),
      DescribeStackResources: resources,
      'GET /v1/apis/api/apikeys': json({ apiKeys: [{ id: 'da2-ended', expires: 1 }] }),
    });

    expect(stage).not.toHaveProperty('apiKey');
  });

  it('has the sign-in page that its outputs name', async () => {
    const stage = await read({
      DescribeStacks: stackWith({
        ...OUTPUTS,
        SignInUrl: 'https://x.auth.eu-west-1.amazoncognito.com',
        SignInReturnUrls: 'https://app.example/,http://localhost:5173/',
      }),
      DescribeStackResources: resources,
      'GET /v1/apis/api/apikeys': keys,
    });

    expect(stage.signIn).toEqual({
      host: 'x.auth.eu-west-1.amazoncognito.com',
      returnUrls: ['https://app.example/', 'http://localhost:5173/'],
    });
  });

  it.each<[what: string, answer: Answer, message: RegExp]>([
    [
      'is not there',
      refusal('ValidationError', 'Stack with id appsync-items-dev does not exist'),
      /^there is no stack appsync-items-dev in eu-west-1: deploy it, or name another/,
    ],
    ['is another stack', stackWith({ Url: 'x' }), /^appsync-items-dev has no output ApiId/],
    [
      'may not be read',
      refusal('AccessDenied', 'you may not'),
      /^appsync-items-dev in eu-west-1 cannot be read: you may not \(AccessDenied\)$/,
    ],
  ])('that %s is told', async (_, answer, message) => {
    await expect(read({ DescribeStacks: answer })).rejects.toThrow(message);
  });
});
