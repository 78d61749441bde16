import { describe, expect, it, vi } from 'vitest';
import { type Account, deployedStack, openAccount } from '../../../deploy/deployed.ts';
import { type Answer, type Aws, awsOfEachTest, refusal, role, stackOf, template } from './harness/aws.ts';

const stack = {
  name: 'appsync-items-dev',
  template: { Resources: {} },
  isProtected: false,
  roles: ['arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-lookup-${AWS::AccountId}-${AWS::Region}'],
};

const deployedTemplate = async (account: Account, of: typeof stack) =>
  (await deployedStack(account, of))?.template;

let aws: Aws;
const startAws = awsOfEachTest();
async function start(answers: Record<string, Answer>): Promise<void> {
  aws = await startAws({ DescribeStacks: stackOf('UPDATE_COMPLETE'), ...answers });
}

describe('the deployed template', () => {
  it('is read with the role of the bootstrap stack, as the CDK CLI does', async () => {
    await start({ AssumeRole: role, GetTemplate: template('{"Resources": {}}') });

    const deployed = await deployedTemplate(await openAccount(), stack);

    expect(deployed).toEqual({ Resources: {} });
    expect(aws.calls.map((call) => call.get('RoleArn') ?? call.get('StackName'))).toEqual([
      null,
      'arn:aws-cn:iam::123456789012:role/cdk-lookup-123456789012-eu-west-1',
      'appsync-items-dev',
      'appsync-items-dev',
    ]);
  });

  it("is read with one's own credentials where there is no such role, in YAML too", async () => {
    await start({ GetTemplate: template('Resources:\n  A:\n    Type: AWS::SQS::Queue\n') });

    expect(await deployedTemplate(await openAccount(), stack)).toEqual({
      Resources: { A: { Type: 'AWS::SQS::Queue' } },
    });
  });

  it.each<[what: string, answer: Answer]>([
    [
      'before the first deployment',
      refusal('ValidationError', 'Stack with id appsync-items-dev does not exist'),
    ],
    ['while there is only a change set', stackOf('REVIEW_IN_PROGRESS')],
    ['after a first deployment that failed', stackOf('ROLLBACK_COMPLETE')],
  ])('is none %s', async (_, answer) => {
    await start({ DescribeStacks: answer });

    expect(await deployedTemplate(await openAccount(), stack)).toBeUndefined();
  });

  it('is none, and cannot become one, where a first deployment failed and is protected', async () => {
    await start({ DescribeStacks: stackOf('ROLLBACK_COMPLETE', true) });
    const account = await openAccount();

    await expect(deployedTemplate(account, stack)).rejects.toThrow(
      /^the first deployment of appsync-items-dev failed \(ROLLBACK_COMPLETE\).*--no-enable-termination-protection, and deploy again/,
    );
  });

  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'is not compared with while another deployment may change it: %s',
    async (status) => {
      await start({ DescribeStacks: stackOf(status) });
      const account = await openAccount();

      await expect(deployedTemplate(account, stack)).rejects.toThrow(
        `appsync-items-dev is being changed by somebody else (${status}): wait until that has ended`,
      );
    },
  );

  it('is there once only old resources are cleaned up', async () => {
    await start({
      DescribeStacks: stackOf('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      GetTemplate: template('{"Resources": {}}'),
    });

    expect(await deployedTemplate(await openAccount(), stack)).toEqual({ Resources: {} });
  });

  it('is not guessed where it may not be read', async () => {
    await start({});
    const account = await openAccount();

    await expect(deployedTemplate(account, stack)).rejects.toThrow(
      'appsync-items-dev in eu-west-1 cannot be read: you may not (AccessDenied); cloudformation:DescribeStacks and GetTemplate are needed',
    );
  });

  it.each([
    ['no JSON', '{"Resources":', 'is neither JSON nor YAML'],
    ['no template', '{"a": 1}', 'is not a CloudFormation template: it has no Resources'],
  ])('is refused where it is %s', async (_, body, message) => {
    await start({ GetTemplate: template(body) });
    const account = await openAccount();

    await expect(deployedTemplate(account, stack)).rejects.toThrow(
      `the template of appsync-items-dev ${message}`,
    );
  });
});

it('credentials that AWS does not take are told with what to do', async () => {
  await start({ GetCallerIdentity: refusal('ExpiredToken', 'The token is expired') });

  await expect(openAccount()).rejects.toThrow(
    'AWS accepts no credentials from here, in eu-west-1: The token is expired (ExpiredToken). Sign in, for example by aws sso login, or name a profile by --profile',
  );
  await expect(openAccount('ops', 'eu-west-3')).rejects.toThrow(
    /^AWS does not accept the credentials of profile ops, in eu-west-3: .*aws sso login --profile ops;/,
  );
});

it.each([
  ['that does not exist', 'eu-wset-1', 'AWS cannot be reached in eu-wset-1: connect ECONNREFUSED'],
  ['that is no name of a host', 'EU_WEST', 'AWS cannot be reached in EU_WEST: Region not accepted'],
])('a region %s is told apart from credentials', async (_, region, message) => {
  await start({});
  vi.stubEnv('AWS_ENDPOINT_URL', region === 'EU_WEST' ? '' : 'http://127.0.0.1:9');

  await expect(openAccount(undefined, region)).rejects.toThrow(message);
  await expect(openAccount(undefined, region)).rejects.toThrow('Check the region (AWS_REGION, --region');
});
