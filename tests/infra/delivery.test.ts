import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, describe, expect, test } from 'vitest';
import { addChecks } from '../../infra/checks.ts';
import { DeliveryStack } from '../../infra/delivery/delivery-stack.ts';
import { readDelivery } from '../../infra/delivery/delivery.ts';
import { nodeWith } from './harness/context.ts';
import { resources } from './harness/readable.ts';

const directory = mkdtempSync(join(tmpdir(), 'delivery-'));
afterAll(() => rmSync(directory, { recursive: true }));

const REPOSITORY = 'team/shop.api';
const deliveryOf = (context: Record<string, unknown>) => readDelivery(nodeWith(context));

describe('the roles of workflows', () => {
  const app = new App({
    outdir: directory,
    context: { repository: REPOSITORY, environments: 'dev,prod' },
    builtinCloudFormationValidation: false,
  });
  const stack = new DeliveryStack(app, 'Delivery', readDelivery(app.node));
  const template = Template.fromStack(stack);
  const roles = [...resources(template, 'AWS::IAM::Role').values()];

  test('are one for each environment, and of that environment alone', () => {
    const trusted = roles.map(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement);

    expect(trusted).toEqual(
      ['dev', 'prod'].map((environment) => [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Effect: 'Allow',
          Principal: { Federated: { 'Fn::GetAtt': ['GitHub', 'Arn'] } },
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': `repo:${REPOSITORY}:environment:${environment}`,
            },
          },
        },
      ]),
    );
  });

  test('take the roles of the bootstrap stack, and else only read', () => {
    const [policy] = resources(template, 'AWS::IAM::Policy').values();
    const actions = policy!.Properties.PolicyDocument.Statement.flatMap(
      ({ Action }: { Action: string | string[] }) => Action,
    );

    expect(actions.sort()).toEqual([
      'appsync:ListApiKeys',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'ssm:GetParameter',
      'sts:AssumeRole',
    ]);
    expect(JSON.stringify(policy)).toMatch(/cdk-hnb659fds-deploy-role-/);
    expect(JSON.stringify(policy)).not.toContain('cfn-exec-role');
  });

  test('pass cdk-nag', () => {
    const checked = new App({ outdir: join(directory, 'checked'), context: { repository: REPOSITORY } });
    new DeliveryStack(checked, 'Delivery', readDelivery(checked.node));
    addChecks(checked);

    checked.synth();

    expect(process.exitCode ?? 0).toBe(0);
  });
});

test('a provider that the account has is used', () => {
  const provider = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
  const app = new App({ outdir: join(directory, 'given'), builtinCloudFormationValidation: false });
  const stack = new DeliveryStack(app, 'Delivery', deliveryOf({ repository: REPOSITORY, provider }));

  expect(resources(Template.fromStack(stack), 'AWS::IAM::OIDCProvider').size).toBe(0);
});

test.each([
  [{}, '-c repository=owner/name is required'],
  [{ repository: 'shop' }, '-c repository=shop: use owner/name of the repository on GitHub'],
  [{ repository: REPOSITORY, environments: 'dev,*' }, '-c environments=dev,*: use names of environments'],
  [
    { repostory: REPOSITORY },
    '-c repostory=team/shop.api: there is no such setting. Did you mean repository?',
  ],
])('%j is refused', (context, message) => {
  expect(() => deliveryOf(context)).toThrow(message);
});
