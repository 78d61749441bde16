import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
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

const clientOptions = (profile: string | undefined, region: string) => ({
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
 * @throws DeployFailure when it cannot be read
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
  return body ? parseTemplate(body, `the template of ${stack.name}`) : undefined;
}

/** Undefined where there is no such stack, empty for one that only has a change set. */
async function bodyOf(client: CloudFormationClient, StackName: string, region: string) {
  try {
    const command = new GetTemplateCommand({ StackName, TemplateStage: 'Original' });
    return (await client.send(command)).TemplateBody;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && message.includes('does not exist')) {
      return undefined;
    }
    throw new DeployFailure(
      `the template of ${StackName} in ${region} cannot be read: ${message} (${name}); cloudformation:GetTemplate is needed`,
      { cause: error },
    );
  }
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
