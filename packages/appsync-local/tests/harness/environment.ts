import { AppSyncClient } from '@aws-sdk/client-appsync';
import type { Secrets } from './secrets.ts';
import type { UserCredentials } from './target.ts';

/** What the environment says of a deployed API, by the names of the variables: `docs/contract-suite.md` has the same table. */
export const SETTINGS = {
  API_URL: 'GraphQL endpoint of the API, a custom domain too.',
  API_REALTIME_URL: 'Real-time endpoint. Default: what AppSync derives from API_URL.',
  API_KEY: 'API key.',
  API_TOKEN_ALICE:
    'Token of a user without groups; likewise API_TOKEN_BOB and API_TOKEN_CAROL; API_TOKEN_DAVE may be left out.',
  API_TOKEN_ADMIN: 'Token of a user in the group admins.',
  AWS_PROFILE:
    'Whose AWS credentials sign the calls of IAM; or AWS_ACCESS_KEY_ID and its like, all that the AWS SDK knows.',
  AWS_REGION: 'Region to sign for. Default: that of API_URL, else of the profile.',
  API_ITEMS_TABLE:
    'Name of the items table, for tests that write what the API would not. Default: they are skipped.',
  API_CONCURRENCY: 'Requests at the same time of each test file. Default: 4',
  API_ENV_FILE: 'File with these variables, one NAME=value a line. The environment goes before it.',
} as const;

/** Nobody has given what a caller would have to prove itself with. */
export class SecretMissing extends Error {
  override name = 'SecretMissing';
}

/** @throws SecretMissing that names the variable when it is not set */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new SecretMissing(`${name} is not set`);
  }
  return value;
}

/** The variable that holds a user's token: `API_TOKEN_ALICE`, of OpenID Connect `API_OIDC_TOKEN_ALICE`. */
export const tokenVariable = ({ mode, user }: UserCredentials): string =>
  `API_${mode === 'oidc' ? 'OIDC_' : ''}TOKEN_${user.toUpperCase()}`;

/** Hosts of AppSync's own name their region: `ID.appsync-api.REGION.amazonaws.com`, `appsync.REGION.amazonaws.com`. */
export const regionOf = (host: string): string | undefined =>
  /(?:^|\.)appsync(?:-api)?\.([\w-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];

/**
 * The secrets that the environment has for the API at an endpoint. AWS credentials are found as the AWS SDK finds them:
 * variables, profiles, single sign-on, roles.
 */
export function environmentSecrets(endpoint: URL): Secrets {
  const { config } = new AppSyncClient({ region: regionOf(endpoint.hostname) });
  return {
    apiKey: () => required('API_KEY'),
    aws: async () => ({ credentials: await config.credentials(), region: await config.region() }),
    token: async (caller) => givenToken(caller),
  };
}

/** Who signs in gets the token that the provider makes, and no other. */
function givenToken(caller: UserCredentials): string {
  if (Object.keys(caller.more ?? {}).length > 0) {
    throw new SecretMissing(`AWS makes no token to order: ${JSON.stringify(caller.more)}`);
  }
  return required(tokenVariable(caller));
}
