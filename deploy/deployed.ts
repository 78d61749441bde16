import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AssemblyStack } from './assembly.ts';
import { DeployFailure } from './deploy-failure.ts';
import { parseTemplate, type Template } from './gate/template.ts';

/** Who deploys, and where. */
export interface Account {
  sts: STSClient;
  id: string;
  partition: string;
  region: string;
  profile?: string;
}

// The SDK's advice about Node.js versions has no bearing on a deployment.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Where the CDK CLI deploys when nothing names a region. */
const DEFAULT_REGION = 'us-east-1';

/**
 * Asks AWS who the credentials belong to.
 * @throws DeployFailure when there are none, or none that are valid
 */
export async function openAccount(profile?: string): Promise<Account> {
  const sts = new STSClient(clientOptions(profile, await regionOf(profile)));
  try {
    const { Account: id, Arn = 'arn:aws:' } = await sts.send(new GetCallerIdentityCommand({}));
    return {
      sts,
      id: id!,
      partition: Arn.split(':')[1]!,
      region: await sts.config.region(),
      ...(profile !== undefined && { profile }),
    };
  } catch (error) {
    const { name, message } = error as Error;
    throw new DeployFailure(
      `AWS takes no credentials from here: ${message} (${name}). Sign in, such as by aws sso login, or name a profile by --profile; ` +
        'npm run diff -- --against FILE compares with a saved template and needs none',
      { cause: error },
    );
  }
}

/** Of every client of the AWS SDK here. */
export const clientOptions = (profile: string | undefined, region: string) => ({
  region,
  ...(profile !== undefined && { profile }),
});

/** The variables in the CDK CLI's order, then the profile's own. */
async function regionOf(profile?: string): Promise<string> {
  const named = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  if (named) {
    return named;
  }
  const { config } = new STSClient(profile === undefined ? {} : { profile });
  return config.region().catch(() => DEFAULT_REGION);
}

/**
 * The template that a stack has now, as it was submitted.
 * @returns undefined for a stack that is not deployed
 * @throws DeployFailure when it cannot be read, or the stack cannot be deployed as it is
 */
export async function deployedTemplate(
  account: Account,
  stack: AssemblyStack,
): Promise<Template | undefined> {
  const region = stack.region ?? account.region;
  const credentials = await credentialsOf(account, stack.roles, region);
  const client = new CloudFormationClient({
    ...clientOptions(account.profile, region),
    ...(credentials && { credentials }),
  });
  const body = await bodyOf(client, stack.name, region).finally(() => client.destroy());
  return body === undefined ? undefined : parseTemplate(body, `the template of ${stack.name}`);
}

async function bodyOf(client: CloudFormationClient, StackName: string, region: string) {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (!stack || isUnborn(stack)) {
      return undefined;
    }
    const command = new GetTemplateCommand({ StackName, TemplateStage: 'Original' });
    return (await client.send(command)).TemplateBody;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && message.includes('does not exist')) {
      return undefined;
    }
    if (error instanceof DeployFailure) {
      throw error;
    }
    throw new DeployFailure(
      `${StackName} in ${region} cannot be read: ${message} (${name}); cloudformation:DescribeStacks and GetTemplate are needed`,
      { cause: error },
    );
  }
}

/**
 * Whether a stack was never deployed: it only has a change set, or its first deployment failed. The CDK CLI deletes such a stack and
 * creates it anew.
 * @throws DeployFailure when its termination protection prevents that
 */
function isUnborn({ StackName, StackStatus, EnableTerminationProtection }: Stack): boolean {
  const failed = /^(CREATE_FAILED|ROLLBACK_(COMPLETE|FAILED))$/.test(StackStatus ?? '');
  if (failed && EnableTerminationProtection) {
    throw new DeployFailure(
      `the first deployment of ${StackName} failed (${StackStatus}), and its termination protection keeps what is left of it. Turn that off, ` +
        `aws cloudformation update-termination-protection --stack-name ${StackName} --no-enable-termination-protection, and deploy again; ` +
        'docs/deploying.md says what stays behind',
    );
  }
  return failed || StackStatus === 'REVIEW_IN_PROGRESS';
}

/** Those of the first role of the bootstrap stack that these credentials may take; undefined where it is none, as in the CDK CLI. */
async function credentialsOf({ sts, id, partition }: Account, roles: readonly string[], region: string) {
  for (const role of roles) {
    const RoleArn = role
      .replaceAll('${AWS::Partition}', partition)
      .replaceAll('${AWS::AccountId}', id)
      .replaceAll('${AWS::Region}', region);
    const taken = await sts
      .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'appsync-items-gate' }))
      .catch(() => undefined);
    if (taken?.Credentials) {
      const { AccessKeyId, SecretAccessKey, SessionToken } = taken.Credentials;
      return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
    }
  }
  return undefined;
}
