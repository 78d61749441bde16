import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  APP,
  authorization,
  CHALLENGE,
  CLIENT_ID,
  codeFor,
  FORM,
  HERE,
  OTHER_CLIENT_ID,
  POOL_ID,
  redeem,
  refresh,
  signInServer,
  submit,
  told,
} from './harness/front-end.ts';

const server = signInServer();
const get = (path: string, headers: Record<string, string> = {}) => server({ path, headers });

afterEach(() => vi.useRealTimers());

/** Lets this many seconds pass. */
function wait(seconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + seconds * 1000);
}

describe('the code flow', () => {
  it('leads to a page, back to the app, and to tokens of the user', async () => {
    const authorize = await get(`/oauth2/authorize?${authorization({ nonce: 'n-1' })}`);
    const page = await get(authorize.headers['Location']!);
    const back = told(await submit(server, { user: 'alice', group: 'admins' }, { nonce: 'n-1' }));
    const answer = await redeem(server, back['code']!);

    expect(authorize.status).toBe(302);
    expect(page.status).toBe(200);
    expect(page.body).toContain(
      `to <strong>http://localhost:5173</strong>, as a user of <code>${POOL_ID}</code>`,
    );
    expect(back).toEqual({ to: APP, code: expect.any(String), state: 'a state' });
    expect(answer).toMatchObject({ status: 200, expires_in: 3600, token_type: 'Bearer' });
    const access = decodeJwt(answer.access_token);
    const id = decodeJwt(answer.id_token);
    expect(access).toMatchObject({
      username: 'alice',
      sub: 'alice',
      token_use: 'access',
      client_id: CLIENT_ID,
      scope: 'openid profile',
      'cognito:groups': ['admins'],
    });
    expect(id).toMatchObject({ aud: CLIENT_ID, 'cognito:username': 'alice', nonce: 'n-1', token_use: 'id' });
    expect(id['origin_jti']).toBe(access['origin_jti']);
    expect(Number(id.exp) - Number(id.iat)).toBe(1800);
  });

  it('takes groups that the template does not name, and a lifetime that lasts through refreshes', async () => {
    const first = await redeem(
      server,
      await codeFor(server, { user: 'bob', other_groups: ' a, b,,a', seconds: '5' }),
    );
    wait(60);

    const second = await refresh(server, first.refresh_token);

    expect(first.expires_in).toBe(5);
    expect(second).toMatchObject({ status: 200, expires_in: 5 });
    expect(second.refresh_token).toBeUndefined();
    const claims = decodeJwt(second.access_token);
    expect(claims).toMatchObject({ username: 'bob', 'cognito:groups': ['a', 'b'] });
    expect(claims['auth_time']).toBe(decodeJwt(first.access_token)['auth_time']);
    expect(Number(claims.exp)).toBeGreaterThan(Date.now() / 1000);
  });

  it('gives an ID token to those who ask for openid', async () => {
    const answer = await redeem(server, await codeFor(server, { user: 'alice' }, { scope: 'profile' }));

    expect(answer.access_token).toBeDefined();
    expect(answer.id_token).toBeUndefined();
  });

  it('tells the app that the user has cancelled', async () => {
    expect(told(await submit(server, { cancel: '1' }))).toMatchObject({
      to: APP,
      error: 'access_denied',
      state: 'a state',
    });
  });

  it.each([
    [{ user: '' }, 'A user name has'],
    [{ user: 'a b' }, 'A user name has'],
    [{ user: 'x'.repeat(129) }, 'A user name has'],
    [{ user: 'alice', other_groups: 'a b' }, 'A group has'],
    [{ user: 'alice', seconds: '0' }, 'Tokens expire after'],
    [{ user: 'alice', seconds: 'soon' }, 'Tokens expire after'],
  ])('shows the page again for the form %j', async (fields, problem) => {
    const { status, body, headers } = await submit(server, fields);

    expect({ status, location: headers['Location'] }).toEqual({ status: 400, location: undefined });
    expect(body).toContain(`<p role="alert">${problem}`);
  });

  it('offers the groups of the template, and those who have signed in', async () => {
    await codeFor(server, { user: 'carol' });

    const { body } = await get(`/login?${authorization({ login_hint: 'dave' })}`);

    expect(body).toContain('value="admins"');
    expect(body).toContain('<option value="carol">');
    expect(body).toContain('name="user" list="users" value="dave"');
  });

  it('says who an access token is for', async () => {
    const { access_token: token, refresh_token: other } = await redeem(server, await codeFor(server));

    const found = await get('/oauth2/userInfo', { authorization: `Bearer ${token}` });
    const none = await get('/oauth2/userInfo', { authorization: `Bearer ${other}` });

    expect(JSON.parse(String(found.body))).toEqual({ sub: 'alice', username: 'alice' });
    expect(none.status).toBe(401);
  });

  it('answers a client that names itself in the header, as one with a secret does', async () => {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }).toString();
    const named = await server({
      path: '/oauth2/token',
      headers: { ...FORM, authorization: `Basic ${Buffer.from(`${CLIENT_ID}:secret`).toString('base64')}` },
      body,
    });

    expect(JSON.parse(String(named.body))).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the end of a session', () => {
  it.each(['/oauth2/revoke'])('comes by %s: the refresh token gets nothing any more', async (path) => {
    const { refresh_token: token } = await redeem(server, await codeFor(server));
    const ask = (client: string) =>
      server({ path, headers: FORM, body: new URLSearchParams({ token, client_id: client }).toString() });

    await ask(OTHER_CLIENT_ID);
    expect((await refresh(server, token)).status).toBe(200);
    expect((await ask(CLIENT_ID)).status).toBe(200);
    expect(await refresh(server, token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('comes by itself when the refresh token expires', async () => {
    const { refresh_token: token } = await redeem(server, await codeFor(server));
    wait(86_401);

    expect(await refresh(server, token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('/logout goes where the app wants it, or on to a new sign-in', async () => {
    const to = async (more: Record<string, string>) =>
      (await get(`/logout?${new URLSearchParams({ client_id: CLIENT_ID, ...more }).toString()}`)).headers[
        'Location'
      ];

    expect(await to({ logout_uri: 'https://app.example/bye' })).toBe('https://app.example/bye');
    expect(await to({ logout_uri: APP })).toBe(APP);
    expect((await get(`/logout?${authorization()}`)).headers['Location']).toBe(`/login?${authorization()}`);
  });
});

describe('what AWS would refuse, the page says', () => {
  const differences = async (pool: Parameters<typeof signInServer>[0], changes = {}) => {
    const { body } = await signInServer(pool)({ path: `/login?${authorization(changes)}` });
    return [...String(body).matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
  };

  it('of a client and a pool without sign-in, and of a URL that is not listed', async () => {
    expect(await differences({})).toEqual([]);
    expect(await differences({}, { redirect_uri: 'http://localhost:9/' })).toEqual([
      expect.stringContaining('CallbackURLs do not have http://localhost:9/'),
    ]);
    expect(await differences({ hasDomain: false })).toEqual([expect.stringContaining('no domain')]);
  });
});

it('the template decides which clients there are; without any, all', async () => {
  const open = signInServer({ clients: [] });

  const { status } = await open({ path: `/login?${authorization({ client_id: 'anybody' })}` });

  expect(status).toBe(200);
});

it('GET / stays the console, and the list of pools is there for a front end', async () => {
  expect((await get('/')).body).toBe('console');
  expect(JSON.parse(String((await get('/_local/user-pools')).body))).toEqual([
    { userPoolId: POOL_ID, clientIds: [CLIENT_ID, OTHER_CLIENT_ID] },
  ]);
  expect(CHALLENGE).toHaveLength(43);
  expect(HERE).toBe('http://localhost:4000');
});
