import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { signIn } from '../../deploy/stage/sign-in.ts';
import { fromRoot } from '../../infra/paths.ts';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { type Ended, run } from '../infra/harness/program.ts';

/*
 * The commands about a deployed stage, against a local server in its place.
 */

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(['--port', '0', '--memory']);
});
afterAll(() => server.stop());

const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const npmRun = (script: string, ...args: string[]): Promise<Ended> =>
  run([...scripts[script]!.split(' ').slice(1), ...args]);

const smoke = (key: string): Promise<Ended> =>
  npmRun('smoke', '--url', `${server.origin}/graphql`, '--api-key', key);

describe('npm run smoke', () => {
  test('says of each step that it worked, and leaves nothing behind', async () => {
    const { code, stdout } = await smoke(LOCAL_API_KEY);

    expect(code).toBe(0);
    expect(stdout.replace(/ +\d+ ms$/gm, '').split('\n')).toEqual([
      `smoke test of ${server.origin}/graphql`,
      'ok    subscribe', // part: change-feed
      'ok    put',
      'ok    get',
      'ok    hear of the put', // part: change-feed
      // part: validated-items
      'ok    refuse a wrong product',
      'ok    put a right product',
      // end: validated-items
      'ok    delete',
      'ok    get nothing',
    ]);
    const response = await fetch(`${server.origin}/graphql`, {
      method: 'POST',
      headers: { 'x-api-key': LOCAL_API_KEY },
      body: JSON.stringify({ query: '{ listItems { items { id } } }' }),
    });
    expect(await response.json()).toEqual({ data: { listItems: { items: [] } } });
  });

  test('says what failed and why, and what was not tried', async () => {
    const { code, stdout } = await smoke('da2-wrong');

    expect(code).toBe(1);
    const [, first, ...others] = stdout.split('\n');
    expect(first).toMatch(/^FAIL {2}\w+ .*(401|UnauthorizedException)/);
    expect(others.length).toBeGreaterThan(1);
    expect(others.filter((line) => !/^- .*not tried$/.test(line))).toEqual([]);
  });
});

describe('npm run token', () => {
  test('without a stage is that of the local server', async () => {
    const { code, stdout } = await npmRun('token', '--user', 'alice', '--port', new URL(server.origin).port);

    expect(code).toBe(0);
    expect(decodeJwt(stdout)).toMatchObject({ username: 'alice', token_use: 'access' });
  });

  test('with a stage is that of a deployed one, whose name is checked before AWS is asked', async () => {
    expect(await npmRun('token', '--stage=production', '--user', 'alice')).toEqual({
      code: 1,
      stdout: '',
      stderr: '--stage production: use one of dev, prod',
    });
  });
});

test('a user signs in by SRP, with the flow that the pool’s client has', async () => {
  const response = await fetch(`${server.origin}/_local/user-pools`);
  const [{ userPoolId, clientIds }] = (await response.json()) as [
    { userPoolId: string; clientIds: [string] },
  ];
  const pool = { userPoolId, userPoolClientId: clientIds[0] };
  vi.stubEnv('AWS_ENDPOINT_URL', server.origin);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });

  const { access, id } = await signIn(pool, 'alice', 'any', () => Promise.reject(new Error('asked')));

  expect(decodeJwt(access)).toMatchObject({ username: 'alice', token_use: 'access' });
  expect(decodeJwt(id)).toMatchObject({ 'cognito:username': 'alice', token_use: 'id' });
  await expect(
    signIn({ ...pool, userPoolClientId: 'x' }, 'alice', 'any', () => Promise.resolve('')),
  ).rejects.toThrow(/^alice cannot sign in: /);
});
