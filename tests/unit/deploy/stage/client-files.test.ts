import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parseAmplifyConfig } from 'aws-amplify/utils';
import { afterAll, describe, expect, it } from 'vitest';
import { amplifyOutputs, folderOf, writeClientFiles } from '../../../../deploy/stage/client-files.ts';
import { SETTINGS } from '../../../../packages/appsync-local/tests/harness/environment.ts';

const stage = {
  stackName: 'appsync-items-dev',
  region: 'eu-west-1',
  graphqlUrl: 'https://api.example.com/graphql',
  realtimeUrl: 'wss://api.example.com/graphql',
  apiKey: 'da2-key',
  userPoolId: 'eu-west-1_Pool',
  userPoolClientId: 'client',
  itemsTable: 'items-table',
};

const folder = mkdtempSync(join(tmpdir(), 'client-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the files for clients', () => {
  // Somebody's older file, which others may read.
  writeFileSync(join(folder, '.env'), 'OLD=1\n'.repeat(100), { mode: 0o644 });
  const [amplify, env] = writeClientFiles(stage, folder) as [string, string];

  it('are read by Amplify', () => {
    expect(parseAmplifyConfig(JSON.parse(readFileSync(amplify, 'utf8')) as object)).toMatchObject({
      Auth: { Cognito: { userPoolId: stage.userPoolId, userPoolClientId: stage.userPoolClientId } },
      API: {
        GraphQL: {
          endpoint: stage.graphqlUrl,
          region: stage.region,
          apiKey: stage.apiKey,
          defaultAuthMode: 'userPool',
        },
      },
    });
  });

  it('tell Amplify of the sign-in page, where there is one', () => {
    const signIn = {
      host: 'x.auth.eu-west-1.amazoncognito.com',
      returnUrls: ['https://app.example/', 'http://localhost:5173/'],
    };

    const outputs = amplifyOutputs({ ...stage, signIn });

    expect(parseAmplifyConfig(outputs).Auth!.Cognito.loginWith!.oauth).toEqual({
      domain: signIn.host,
      scopes: ['openid', 'email', 'profile'],
      redirectSignIn: signIn.returnUrls,
      redirectSignOut: signIn.returnUrls,
      responseType: 'code',
      providers: [],
    });
    expect(amplifyOutputs(stage)).not.toHaveProperty('auth.oauth');
  });

  it('have the variables of the contract suite', () => {
    const variables = parseEnv(readFileSync(env, 'utf8'));

    expect(variables).toEqual({
      API_URL: stage.graphqlUrl,
      API_REALTIME_URL: stage.realtimeUrl,
      API_KEY: stage.apiKey,
      API_ITEMS_TABLE: stage.itemsTable,
      API_USER_POOL_ID: stage.userPoolId,
      API_USER_POOL_CLIENT_ID: stage.userPoolClientId,
      AWS_REGION: stage.region,
    });
    expect(Object.keys(SETTINGS)).toEqual(
      expect.arrayContaining(Object.keys(variables).filter((name) => !name.startsWith('API_USER_POOL'))),
    );
  });

  it('are their owner’s alone, and git’s never', () => {
    expect([amplify, env].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    const paths = ['amplify_outputs.json', '.env', join(folderOf('appsync-items-dev'), 'x')];
    expect(execFileSync('git', ['check-ignore', '--no-index', ...paths], { encoding: 'utf8' })).toBe(
      `${paths.join('\n')}\n`,
    );
  });
});
