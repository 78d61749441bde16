import { Aws, CfnOutput, DefaultStackSynthesizer, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnOIDCProvider, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import type { Delivery } from './delivery.ts';

const ISSUER = 'token.actions.githubusercontent.com';
/** What `aws-actions/configure-aws-credentials` asks tokens for. */
const AUDIENCE = 'sts.amazonaws.com';

/** Of the bootstrap stack (CDK Developer Guide, "Bootstrapping"); a project without container images needs no others. */
const BOOTSTRAP_ROLES = ['deploy-role', 'file-publishing-role', 'lookup-role'];
const QUALIFIER = DefaultStackSynthesizer.DEFAULT_QUALIFIER;

/**
 * Lets GitHub's workflows deploy into this account without a key that is kept: a role for each environment of one repository. It
 * takes the roles of the CDK's bootstrap stack, reads what is deployed, and does nothing else by itself.
 */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, { repository, environments, provider }: Delivery) {
    super(scope, id, {
      stackName: `${repository.replaceAll(/[^\w]|_/g, '-')}-delivery`,
      terminationProtection: true,
      description: `Roles with which the workflows of ${repository} deploy`,
    });
    const providerArn =
      provider ??
      new CfnOIDCProvider(this, 'GitHub', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] }).attrArn;
    for (const environment of environments) {
      this.addRole(repository, environment, providerArn);
    }
  }

  private addRole(repository: string, environment: string, providerArn: string): void {
    const suffix = environment.replaceAll(/[^A-Za-z0-9]/g, '');
    const role = new Role(this, `Deploy${suffix}`, {
      description: `Deploys from the environment ${environment} of ${repository}`,
      // No pattern: a job of another environment, a branch, or a fork has another subject.
      assumedBy: new WebIdentityPrincipal(providerArn, {
        StringEquals: {
          [`${ISSUER}:aud`]: AUDIENCE,
          [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
        },
      }),
      maxSessionDuration: Duration.hours(1),
    });
    this.grant(role);
    new CfnOutput(this, `Role${suffix}`, {
      value: role.roleArn,
      description: `AWS_ROLE of the environment ${environment}`,
    });
  }

  private grant(role: Role): void {
    const ofBootstrap = BOOTSTRAP_ROLES.map((name) =>
      this.formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: `cdk-${QUALIFIER}-${name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      }),
    );
    allow(role, ['sts:AssumeRole'], ...ofBootstrap);
    const version = {
      service: 'ssm',
      resource: 'parameter',
      resourceName: `cdk-bootstrap/${QUALIFIER}/version`,
    };
    allow(role, ['ssm:GetParameter'], this.formatArn(version));
    // Of npm run outputs and npm run smoke.
    const reads = ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResources'];
    allow(role, [...reads, 'appsync:ListApiKeys'], '*');
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Stacks of pull requests have names of their own, and appsync:ListApiKeys takes the ids of APIs, which no policy can know before they are deployed; all three only read.',
    });
  }
}
