import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { bundledProgram } from '../harness/bundled-program.ts';
import { AUTHORIZER_TOKEN, everyModeApp } from './harness/every-mode-app.ts';
import { itemOf, ON_ITEM_CHANGE, ON_PUT_ITEM } from './harness/operations.ts';
import { type ServerForClients, serverForClients } from './harness/server.ts';

/** Bundled with Amplify, as applications are: loading its modules one by one takes most of two seconds. */
const CLIENT = await bundledProgram(fileURLToPath(new URL('amplify/client.ts', import.meta.url)));
const SIGN_IN = await bundledProgram(fileURLToPath(new URL('amplify/sign-in.ts', import.meta.url)));
const server = serverForClients();

const iamKeys = `${LOCAL_CREDENTIALS.accessKeyId}:${LOCAL_CREDENTIALS.secretAccessKey}`;

/** What the application printed last. @param whenSubscribed called when the application says so */
function runAmplify(
  args: string[],
  whenSubscribed = (): void => undefined,
  { graphqlUrl, caFile }: ServerForClients = server,
): Promise<Record<string, unknown>> {
  return runProgram([CLIENT, graphqlUrl(), ...args], caFile(), whenSubscribed);
}

function runProgram(
  args: string[],
  caFile: string,
  whenSubscribed = (): void => undefined,
): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    if (String(chunk) === 'subscribed\n') {
      whenSubscribed();
    }
  });
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) =>
      code === 0
        ? resolve(JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, unknown>)
        : reject(new Error(`ended with ${code ?? signal}: ${stdout}${stderr}`)),
    );
  });
}

describe('aws-amplify v6 writes, reads and is told of changes', () => {
  it.each([
    ['apiKey', null, async () => LOCAL_API_KEY, ON_ITEM_CHANGE], // part: change-feed
    ['userPool', 'alice', () => server.token('alice'), ON_PUT_ITEM],
    ['iam', null, async () => iamKeys, ON_PUT_ITEM],
  ])('as %s', async (mode, owner, secret, subscription) => {
    const item = itemOf(mode, owner);

    const { put, get, received } = await runAmplify([mode, await secret(), mode, subscription.query]);

    expect(put).toEqual({ data: { putItem: item } });
    expect(get).toEqual({ data: { getItem: item } });
    expect(received).toEqual(subscription.eventOf(item));
  });

  it('after the server was away for a while, without doing anything about it', async () => {
    let outage = Promise.resolve();

    const { received } = await runAmplify(
      ['iam', iamKeys, 'after-outage', ON_PUT_ITEM.query, 'outage'],
      () => {
        outage = server.restart(() => sleep(1000));
      },
    );

    await outage;
    expect(received).toEqual(ON_PUT_ITEM.eventOf(itemOf('after-outage')));
  });
});

it('aws-amplify v6 signs in with SRP, keeps and refreshes the token, and signs out', async () => {
  const pools = (await (await fetch(`${server.origin()}/_local/user-pools`)).json()) as {
    userPoolId: string;
    clientIds: string[];
  }[];
  const { userPoolId, clientIds } = pools[0]!;

  const { token, ...seen } = await runProgram(
    [SIGN_IN, server.origin(), userPoolId, clientIds[0]!, 'alice'],
    server.caFile(),
  );

  expect(seen).toEqual({
    isSignedIn: true,
    user: 'alice',
    attributes: { sub: 'alice' },
    isKept: true,
    isRefreshed: true,
    afterwards: 'UserUnAuthenticatedException',
  });
  const answer = await fetch(server.graphqlUrl(), {
    method: 'POST',
    headers: { authorization: String(token) },
    body: JSON.stringify({ query: '{ listItems(limit: 1) { nextToken } }' }),
  });
  expect(answer.status).toBe(200);
});

describe('aws-amplify v6 in every mode of an API that has all five', () => {
  const everyMode = serverForClients('--app', everyModeApp());

  it.each([
    ['apiKey', 'API Key Authorization', async () => LOCAL_API_KEY],
    ['userPool', 'User Pool Authorization', () => everyMode.token('alice')],
    ['iam', 'IAM Authorization', async () => iamKeys],
    ['oidc', 'Open ID Connect Authorization', () => everyMode.token('alice', 'oidc')],
    ['lambda', 'Lambda Authorization', async () => AUTHORIZER_TOKEN],
  ])('as %s', async (mode, owner, secret) => {
    const item = itemOf(mode, owner);

    const { put, get, received } = await runAmplify(
      [mode, await secret(), mode, ON_PUT_ITEM.query],
      undefined,
      everyMode,
    );

    expect({ put, get, received }).toEqual({
      put: { data: { putItem: item } },
      get: { data: { getItem: item } },
      received: ON_PUT_ITEM.eventOf(item),
    });
  });
});
