import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIGN_IN_SCOPES } from '../../infra/sign-in-urls.ts';
import type { DeployedStage, SignInPage } from './deployed-stage.ts';

/** Where the files of a stack go unless told otherwise; git ignores it. */
export const folderOf = (stackName: string): string => join('.stages', stackName);

/** `amplify_outputs.json` as `Amplify.configure` takes it (schema version 1 of Amplify's outputs). */
export const amplifyOutputs = (stage: DeployedStage): object => ({
  version: '1.4',
  auth: {
    aws_region: stage.region,
    user_pool_id: stage.userPoolId,
    user_pool_client_id: stage.userPoolClientId,
    mfa_configuration: 'OPTIONAL',
    mfa_methods: ['TOTP'],
    ...(stage.signIn && { oauth: oauthOf(stage.signIn) }),
  },
  data: {
    aws_region: stage.region,
    url: stage.graphqlUrl,
    ...(stage.apiKey !== undefined && { api_key: stage.apiKey }),
    default_authorization_type: 'AMAZON_COGNITO_USER_POOLS',
    authorization_types: ['API_KEY', 'AWS_IAM'],
  },
});

/** Of Amplify's `signInWithRedirect`. */
const oauthOf = ({ host, returnUrls }: SignInPage): object => ({
  identity_providers: [],
  domain: host,
  scopes: SIGN_IN_SCOPES,
  redirect_sign_in_uri: returnUrls,
  redirect_sign_out_uri: returnUrls,
  response_type: 'code',
});

/** `.env`: the names that `npm run contract` reads (docs/contract-suite.md), and those of the pool. */
export function envText(stage: DeployedStage): string {
  const lines: [name: string, value: string | undefined][] = [
    ['API_URL', stage.graphqlUrl],
    ['API_REALTIME_URL', stage.realtimeUrl],
    ['API_KEY', stage.apiKey],
    ['API_ITEMS_TABLE', stage.itemsTable],
    ['API_USER_POOL_ID', stage.userPoolId],
    ['API_USER_POOL_CLIENT_ID', stage.userPoolClientId],
    ['AWS_REGION', stage.region],
  ];
  const given = lines.filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${value}\n`).join('');
}

/**
 * Writes both files for their owner alone, since they have the API key.
 * @returns their paths
 */
export function writeClientFiles(stage: DeployedStage, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return [
    write(join(folder, 'amplify_outputs.json'), `${JSON.stringify(amplifyOutputs(stage), null, 2)}\n`),
    write(join(folder, '.env'), envText(stage)),
  ];
}

/** The mode of `writeFileSync` is for files that it creates: an older one gets it before the key arrives. */
function write(path: string, text: string): string {
  writeFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  writeFileSync(path, text);
  return path;
}
