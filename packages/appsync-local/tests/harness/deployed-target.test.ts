import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApiClient } from './client.ts';
import { deployedTarget } from './deployed-target.ts';
import { apiKey, iam, user } from './target.ts';

const AWS_URL = 'https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/graphql';
const CUSTOM_URL = 'https://items.example.com/graphql';

afterEach(() => vi.unstubAllEnvs());

const setAll = (variables: Record<string, string>): void =>
  Object.entries(variables).forEach(([name, value]) => vi.stubEnv(name, value));

describe('real time', () => {
  it.each([
    [AWS_URL, 'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.eu-west-1.amazonaws.com/graphql'],
    [CUSTOM_URL, 'wss://items.example.com/graphql/realtime'],
    ['http://localhost:4000/graphql', 'ws://localhost:4000/graphql/realtime'],
  ])('of %s is at %s', (url, realtimeUrl) => {
    expect(deployedTarget(url).realtimeUrl).toBe(realtimeUrl);
  });

  it('is where API_REALTIME_URL says, if it does', () => {
    vi.stubEnv('API_REALTIME_URL', 'wss://live.example.com/graphql');

    expect(deployedTarget(CUSTOM_URL).realtimeUrl).toBe('wss://live.example.com/graphql');
  });

  it('carries the host of the GraphQL endpoint in all credentials', async () => {
    setAll({
      API_KEY: 'da2-key',
      API_TOKEN_ALICE: 'a.b.c',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 's',
    });
    const { realtimeHeadersFor } = deployedTarget(AWS_URL);
    const { host } = new URL(AWS_URL);

    expect(await realtimeHeadersFor(apiKey, '{}')).toEqual({ host, 'x-api-key': 'da2-key' });
    expect(await realtimeHeadersFor(user('alice'), '{}')).toEqual({ host, Authorization: 'a.b.c' });
    expect(await realtimeHeadersFor(iam, '{}', '/graphql/connect')).toMatchObject({
      host,
      'content-encoding': 'amz-1.0',
      Authorization: expect.stringMatching(/SignedHeaders=accept;content-encoding;content-type;host;x-amz-/),
    });
  });
});

describe('calls of IAM', () => {
  /** The region that a signature is made for. */
  const signedRegion = async (url: string): Promise<string | undefined> => {
    const { authorization = '' } = await deployedTarget(url).headersFor(iam, '{}');
    return /Credential=[^/]+\/\d+\/([\w-]+)\/appsync\/aws4_request/.exec(authorization)?.[1];
  };

  it('are signed for the region of the endpoint, and of the environment for a custom domain', async () => {
    setAll({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'ap-south-1' });

    expect(await signedRegion(AWS_URL)).toBe('eu-west-1');
    expect(await signedRegion(CUSTOM_URL)).toBe('ap-south-1');
  });

  it('are signed with the profile that the environment names, its session token included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aws-profile-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'credentials');
    writeFileSync(
      file,
      '[stage]\naws_access_key_id = ASIASTAGE\naws_secret_access_key = s\naws_session_token = of-the-session\n',
    );
    setAll({
      AWS_PROFILE: 'stage',
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: join(folder, 'none'),
    });

    const headers = await deployedTarget(AWS_URL).headersFor(iam, '{}');

    expect(headers['authorization']).toContain('Credential=ASIASTAGE/');
    expect(headers['x-amz-security-token']).toBe('of-the-session');
  });
});

describe('a service that throttles', () => {
  async function serve(listener: RequestListener): Promise<ReturnType<typeof createApiClient>> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    vi.stubEnv('API_KEY', 'da2-key');
    const target = deployedTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    onTestFinished(async () => {
      await target.close();
      server.close();
    });
    return createApiClient(target);
  }

  it('is asked again after status 429', async () => {
    let asked = 0;
    const client = await serve((_, response) => {
      asked += 1;
      if (asked < 2) {
        response.writeHead(429, { 'retry-after': '0' }).end('{"errors":[]}');
      } else {
        response.end('{"data":{"a":1}}');
      }
    });

    expect(await client.succeed('{ a }')).toEqual({ a: 1 });
    expect(asked).toBe(2);
  });

  it('is asked again after Throttled, and after nothing else', async () => {
    const answers = ['Throttled', 'Throttled', 'Conflict'].map((errorType) =>
      JSON.stringify({ data: null, errors: [{ errorType, errorInfo: { retryAfterMs: 1 } }] }),
    );
    const client = await serve((_, response) => void response.end(answers.shift()));

    expect(await client.fail('mutation { a }')).toMatchObject({ errorType: 'Conflict' });
    expect(answers).toEqual([]);
  });

  it('gets no more than API_CONCURRENCY requests at the same time', async () => {
    vi.stubEnv('API_CONCURRENCY', '3');
    let most = 0;
    let waiting: ServerResponse[] = [];
    const answerAll = (): void => {
      waiting.forEach((response) => response.end('{"data":{"a":1}}'));
      waiting = [];
    };
    const client = await serve((_, response) => {
      waiting.push(response);
      most = Math.max(most, waiting.length);
      // A fourth would come while the three wait.
      if (waiting.length === 3) {
        setTimeout(answerAll, 20);
      }
    });

    await Promise.all(Array.from({ length: 12 }, () => client.succeed('{ a }')));

    expect(most).toBe(3);
  });
});
