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
 * @param given the region @default that of the environment or of the profile
 * @throws DeployFailure when there are none, or none that are valid
 */
export async function openAccount(profile?: string, given?: string): Promise<Account> {
  const region = given ?? (await regionOf(profile));
  try {
    const sts = new STSClient(clientOptions(profile, region));
    const { Account: id, Arn = 'arn:aws:' } = await sts.send(new GetCallerIdentityCommand({}));
    return {
      sts,
      id: id!,
      partition: Arn.split(':')[1]!,
      region,
      ...(profile !== undefined && { profile }),
    };
  } catch (error) {
    throw new DeployFailure(whyNot(error as Failure, region, profile), { cause: error });
  }
}

/** An error of the AWS SDK, or of Node.js below it. */
type Failure = Error & { code?: string };

/** Errors of the network, and a text that the SDK does not take for a region (its check of host names). */
const UNREACHED = /^(E[A-Z]+|UND_ERR_\w+)$/;

function whyNot({ name, message, code = '' }: Failure, region: string, profile?: string): string {
  const said = message.replace(/\.+$/, '') || code;
  if (UNREACHED.test(code) || message.startsWith('Region not accepted')) {
    return `AWS cannot be reached in ${region}: ${said}. Check the region (AWS_REGION, --region or the profile's) and the network`;
  }
  return profile === undefined
    ? `AWS accepts no credentials from here, in ${region}: ${said} (${name}). Sign in, for example by aws sso login, or name a profile by --profile`
    : `AWS does not accept the credentials of profile ${profile}, in ${region}: ${said} (${name}). Sign in, for example by aws sso login --profile ${profile}; aws configure list-profiles shows all profiles`;
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

/** A stack as it is deployed. */
export interface DeployedStack {
  region: string;
  /** `UPDATE_COMPLETE` */
  status: string;
  isProtected: boolean;
  /** As it was submitted. */
  template: Template;
}

/**
 * What a deployment would change.
 * @returns undefined for a stack that is not deployed
 * @throws DeployFailure when it cannot be read, or the stack cannot be deployed as it is
 */
export const deployedStack = (account: Account, stack: AssemblyStack): Promise<DeployedStack | undefined> =>
  readStack(account, stack, (described) => {
    if (isUnborn(described)) {
      return false;
    }
    refuseChanging(described);
    return true;
  });

/**
 * @param wanted whether the template of a stack is asked for @default of every one
 * @returns undefined for a stack that is not there, or not wanted
 * @throws DeployFailure when it cannot be read
 */
export async function readStack(
  account: Account,
  { name, region = account.region, roles }: AssemblyStack,
  wanted: (stack: Stack) => boolean = () => true,
): Promise<DeployedStack | undefined> {
  const credentials = await credentialsOf(account, roles, region);
  const client = new CloudFormationClient({
    ...clientOptions(account.profile, region),
    ...(credentials && { credentials }),
  });
  const read = await describe(client, name, region, wanted).finally(() => client.destroy());
  return (
    read && {
      region,
      status: String(read.stack.StackStatus),
      isProtected: read.stack.EnableTerminationProtection === true,
      template: parseTemplate(read.body, `the template of ${name}`),
    }
  );
}

async function describe(
  client: CloudFormationClient,
  StackName: string,
  region: string,
  wanted: (stack: Stack) => boolean,
): Promise<{ stack: Stack; body: string } | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (!stack || !wanted(stack)) {
      return undefined;
    }
    const command = new GetTemplateCommand({ StackName, TemplateStage: 'Original' });
    return { stack, body: (await client.send(command)).TemplateBody ?? '' };
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

/** @throws DeployFailure while another deployment runs, which may end with another template than the one that is there */
function refuseChanging({ StackName, StackStatus }: Stack): void {
  if (/(?<!CLEANUP)_IN_PROGRESS$/.test(String(StackStatus))) {
    throw new DeployFailure(
      `${StackName} is being changed by somebody else (${StackStatus}): wait until that has ended, then try again, since what would be lost is known only then`,
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
