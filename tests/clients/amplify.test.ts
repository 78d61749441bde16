import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../local/local-credentials.ts';
import { type ServerProcess, startServer } from '../api/harness/port-target.ts';

const CLIENT = fileURLToPath(new URL('amplify/client.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'amplify-'));
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer(['--port', '0', '--data', directory]);
});

afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** What the application printed. */
function runAmplify(mode: string, secret: string): Promise<Record<string, unknown>> {
  const caFile = join(directory, 'tls', 'ca.pem');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CLIENT, `${server.origin}/graphql`, mode, secret],
    {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 40_000,
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('close', (code) =>
      code === 0
        ? resolve(JSON.parse(stdout) as Record<string, unknown>)
        : reject(new Error(`exit code ${code}: ${stderr}`)),
    );
  });
}

async function token(): Promise<string> {
  const response = await fetch(`${server.origin}/_local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'alice' }),
  });
  return ((await response.json()) as { token: string }).token;
}

describe('aws-amplify v6 writes, reads and is told of changes', () => {
  it.each([
    ['apiKey', null, () => LOCAL_API_KEY],
    ['userPool', 'alice', token],
    ['iam', null, () => `${LOCAL_CREDENTIALS.accessKeyId}:${LOCAL_CREDENTIALS.secretAccessKey}`],
  ])('as %s', async (mode, owner, secret) => {
    const item = { id: mode, version: 1, owner, payload: '{"a":1}' };

    const { put, get, received } = await runAmplify(mode, await secret());

    expect(put).toEqual({ data: { putItem: item } });
    expect(get).toEqual({ data: { getItem: item } });
    expect(received).toEqual({ onPutItem: item });
  });
});
