import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../local/local-credentials.ts';
import { itemOf } from './harness/operations.ts';
import { serverForClients } from './harness/server.ts';

const CLIENT = fileURLToPath(new URL('amplify/client.ts', import.meta.url));
const server = serverForClients();

/** What the application printed last. @param whenSubscribed called when the application says so */
function runAmplify(
  args: string[],
  whenSubscribed = (): void => undefined,
): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, ['--import', 'tsx', CLIENT, server.graphqlUrl(), ...args], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: server.caFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    if (String(chunk) === 'subscribed\n') whenSubscribed();
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
    ['apiKey', null, async () => LOCAL_API_KEY],
    ['userPool', 'alice', () => server.token('alice')],
    ['iam', null, async () => `${LOCAL_CREDENTIALS.accessKeyId}:${LOCAL_CREDENTIALS.secretAccessKey}`],
  ])('as %s', async (mode, owner, secret) => {
    const item = itemOf(mode, owner);

    const { put, get, received } = await runAmplify([mode, await secret(), mode]);

    expect(put).toEqual({ data: { putItem: item } });
    expect(get).toEqual({ data: { getItem: item } });
    expect(received).toEqual({ onPutItem: item });
  });

  it('after the server was away for a while, without doing anything about it', async () => {
    let outage = Promise.resolve();

    const { received } = await runAmplify(['apiKey', LOCAL_API_KEY, 'after-outage', 'outage'], () => {
      outage = server.restart(() => sleep(1000));
    });

    await outage;
    expect(received).toEqual({ onPutItem: itemOf('after-outage') });
  });
});
