import { AppSyncClient, ListApiKeysCommand } from '@aws-sdk/client-appsync';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeployFailure } from '../deploy-failure.ts';
import { type Account, clientOptions } from '../deployed.ts';

/** What clients need to know of a deployed stage. */
export interface DeployedStage {
  stackName: string;
  region: string;
  graphqlUrl: string;
  realtimeUrl: string;
  /** The key that lasts longest; undefined for a stage without a valid one. */
  apiKey?: string;
  userPoolId: string;
  userPoolClientId: string;
  /** The user pool's page to sign in at; undefined for a stage without one. */
  signIn?: SignInPage;
  /** Name of the items table. */
  itemsTable?: string;
}

/** A page of the user pool, where users sign in. */
export interface SignInPage {
  /** `appsync-items-dev-123456789012.auth.eu-west-1.amazoncognito.com` */
  host: string;
  /** Where it may send users, signed in or out. */
  returnUrls: string[];
}

/**
 * Reads the outputs of a stack, its API key and its items table: `cloudformation:DescribeStacks`, `DescribeStackResources` and
 * `appsync:ListApiKeys`.
 * @param region of the stack @default the account's
 * @throws DeployFailure for a stack that is not there or may not be read
 */
export async function readStage(
  account: Account,
  stackName: string,
  region = account.region,
): Promise<DeployedStage> {
  const options = clientOptions(account.profile, region);
  const [cloudFormation, appSync] = [new CloudFormationClient(options), new AppSyncClient(options)];
  try {
    const outputs = await outputsOf(cloudFormation, stackName);
    const apiKey = await lastingKey(appSync, needed(outputs, 'ApiId', stackName));
    const signIn = signInPage(outputs);
    const itemsTable = await itemsTableOf(cloudFormation, stackName);
    return {
      stackName,
      region,
      graphqlUrl: needed(outputs, 'GraphQLUrl', stackName),
      realtimeUrl: needed(outputs, 'RealtimeUrl', stackName),
      ...(apiKey !== undefined && { apiKey }),
      userPoolId: needed(outputs, 'UserPoolId', stackName),
      userPoolClientId: needed(outputs, 'UserPoolClientId', stackName),
      ...(signIn !== undefined && { signIn }),
      ...(itemsTable !== undefined && { itemsTable }),
    };
  } catch (error) {
    throw readable(error, stackName, region);
  } finally {
    cloudFormation.destroy();
    appSync.destroy();
  }
}

async function outputsOf(client: CloudFormationClient, StackName: string): Promise<Map<string, string>> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
}

function needed(outputs: ReadonlyMap<string, string>, name: string, stackName: string): string {
  const value = outputs.get(name);
  if (value === undefined) {
    throw new DeployFailure(
      `${stackName} has no output ${name}: it is not a stack of this project, or its deployment has not ended`,
    );
  }
  return value;
}

/** A stack that an older version deployed has the page's URL, and not where it leads to: its files come without. */
function signInPage(outputs: ReadonlyMap<string, string>): SignInPage | undefined {
  const [url, returnUrls] = [outputs.get('SignInUrl'), outputs.get('SignInReturnUrls')];
  return url === undefined || returnUrls === undefined
    ? undefined
    : { host: new URL(url).host, returnUrls: returnUrls.split(',') };
}

async function lastingKey(client: AppSyncClient, apiId: string): Promise<string | undefined> {
  const { apiKeys = [] } = await client.send(new ListApiKeysCommand({ apiId }));
  const valid = apiKeys.filter(({ expires = 0 }) => expires * 1000 > Date.now());
  return valid.sort((a, b) => b.expires! - a.expires!)[0]?.id;
}

async function itemsTableOf(client: CloudFormationClient, StackName: string): Promise<string | undefined> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.find(
    ({ LogicalResourceId, ResourceType }) =>
      /^DataItems/.test(LogicalResourceId!) && /^AWS::DynamoDB::/.test(ResourceType!),
  )?.PhysicalResourceId;
}

function readable(error: unknown, stackName: string, region: string): Error {
  if (error instanceof DeployFailure) {
    return error;
  }
  const { name, message } = error as Error;
  return name === 'ValidationError' && message.includes('does not exist')
    ? new DeployFailure(
        `there is no stack ${stackName} in ${region}: deploy it, or name another by --stage and --name; AWS_REGION or --profile chooses the region`,
      )
    : new DeployFailure(`${stackName} in ${region} cannot be read: ${message} (${name})`, { cause: error });
}
