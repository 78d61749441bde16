import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  APP,
  authorization,
  CHALLENGE,
  codeFor,
  FORM,
  HERE,
  OTHER_CLIENT_ID,
  redeem,
  refresh,
  signInServer,
  submit,
  told,
} from './harness/front-end.ts';

const server = signInServer();

describe('a browser is sent nowhere for', () => {
  it.each([
    ['another site', 'https://evil.example/'],
    ['a name that begins like this machine', 'http://localhost.evil.example/'],
    ['a name before @', 'http://localhost@evil.example/'],
    ['a name before @ of this machine', 'http://evil.example@localhost:5173/'],
    ['a password before @', 'http://:secret@localhost:5173/'],
    ['a backslash', 'http://evil.example\\@localhost/'],
    ['a longer URL than the listed one', 'https://app.example/back/else'],
    ['a query that is not listed', 'https://app.example/back?x=1'],
    ['a fragment', 'http://localhost:5173/#token'],
    ['an empty fragment', 'http://localhost:5173/#'],
    ['code in place of a page', 'javascript:alert(1)//localhost'],
    ['data in place of a page', 'data:text/html,localhost'],
    ['no scheme', '//localhost:5173/'],
    ['a path', '/somewhere'],
    ['nothing', ''],
    ['an address of the network', 'http://192.168.1.5/'],
    ['every address', 'http://0.0.0.0/'],
    ['a scheme that is not listed', 'otherapp://callback'],
  ])('%s', async (_, uri) => {
    const ways = [
      server({ path: `/oauth2/authorize?${authorization({ redirect_uri: uri })}` }),
      server({ path: `/login?${authorization({ redirect_uri: uri })}` }),
      submit(server, { user: 'alice' }, { redirect_uri: uri }),
      submit(server, { cancel: '1' }, { redirect_uri: uri }),
      server({ path: `/logout?${authorization({ logout_uri: uri })}` }),
    ];

    for (const { status, headers } of await Promise.all(ways)) {
      expect({ status, location: headers['Location'] }).toEqual({ status: 400, location: undefined });
    }
  });

  it.each([
    ['an unknown client', authorization({ client_id: 'nobody' })],
    ['no client', authorization({ client_id: null })],
    ['no redirect URI', authorization({ redirect_uri: null })],
    ['two redirect URIs', `${authorization()}&redirect_uri=https://evil.example/`],
    ['two clients', `${authorization()}&client_id=${OTHER_CLIENT_ID}`],
  ])('%s', async (_, query) => {
    const { status, headers } = await server({ path: `/oauth2/authorize?${query}` });

    expect({ status, location: headers['Location'] }).toEqual({ status: 400, location: undefined });
  });
});

it.each(['http://127.0.0.1:3000/a?b=c', 'http://[::1]:3000/', 'https://web.localhost/', 'myapp://callback'])(
  'it is sent to %s',
  async (uri) => {
    const { code, to } = told(await submit(server, { user: 'alice' }, { redirect_uri: uri }));

    expect(code).toBeDefined();
    expect(uri).toContain(to!.replace('null', ''));
    expect((await redeem(server, code!, { redirect_uri: uri })).status).toBe(200);
  },
);

describe('the app hears that its request is refused', () => {
  it.each([
    ['no PKCE', { code_challenge: null }, 'invalid_request'],
    ['a challenge in plain text', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: 'short' }, 'invalid_request'],
    ['tokens in the URL', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that the client lacks', { scope: 'openid admin' }, 'invalid_scope'],
    ['a sign-in without asking', { prompt: 'none' }, 'login_required'],
  ])('for %s', async (_, changes, error) => {
    const found = [
      await server({ path: `/oauth2/authorize?${authorization(changes)}` }),
      await submit(server, { user: 'alice' }, changes),
    ].map(told);

    expect(found).toMatchObject([
      { to: APP, error, state: 'a state' },
      { to: APP, error, state: 'a state' },
    ]);
    expect(found.map(({ code }) => code)).toEqual([undefined, undefined]);
  });
});

describe('a code', () => {
  it('gets tokens once; the second one who has it ends the session as well', async () => {
    const code = await codeFor(server);
    const first = await redeem(server, code);

    expect(await redeem(server, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(first.status).toBe(200);
    expect(await refresh(server, first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('gets tokens for one of two who come at the same time', async () => {
    const code = await codeFor(server);

    const both = await Promise.all([redeem(server, code), redeem(server, code)]);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it.each([
    ['another client', { client_id: OTHER_CLIENT_ID }],
    ['another redirect URI', { redirect_uri: 'http://localhost:5174/' }],
    ['another verifier', { code_verifier: 'x'.repeat(64) }],
    ['no verifier', { code_verifier: '' }],
    ['the challenge for a verifier', { code_verifier: CHALLENGE }],
  ])('is not good for %s, and is spent by the try', async (_, changes) => {
    const code = await codeFor(server);

    expect(await redeem(server, code, changes)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await redeem(server, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('is good for five minutes', async () => {
    onTestFinished(() => void vi.useRealTimers());
    const code = await codeFor(server);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 300_001);

    expect(await redeem(server, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('is not forgotten for the many that somebody else asks for, up to a bound', async () => {
    const code = await codeFor(server);
    await Promise.all(Array.from({ length: 199 }, () => codeFor(server)));
    expect((await redeem(server, code)).status).toBe(200);

    const early = await codeFor(server);
    await Promise.all(Array.from({ length: 200 }, () => codeFor(server)));
    expect((await redeem(server, early)).status).toBe(400);
  });
});

it('a refresh token is good for its own client alone, and nothing else is one', async () => {
  const { refresh_token: token, access_token: access } = await redeem(server, await codeFor(server));
  const broken = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;

  for (const answer of [
    await refresh(server, token, { client_id: OTHER_CLIENT_ID }),
    await refresh(server, access),
    await refresh(server, broken),
    await refresh(server, ''),
  ]) {
    expect(answer).toMatchObject({ status: 400, error: 'invalid_grant' });
  }
});

describe('nobody signs in but by the page', () => {
  it.each([
    ['another site', 'https://evil.example', 403],
    ['another app on this machine', 'http://localhost:5173', 403],
    ['this server under another scheme', 'https://localhost:4000', 403],
    ['a page without a name', 'null', 403],
  ])('not by a form of %s', async (_, origin, status) => {
    const response = await submit(server, { user: 'admin', group: 'admins' }, {}, { origin });

    expect({ status: response.status, location: response.headers['Location'] }).toEqual({
      status,
      location: undefined,
    });
  });

  it('not by a form from nowhere', async () => {
    const response = await server({ path: `/login?${authorization()}`, headers: FORM, body: 'user=admin' });

    expect(response.status).toBe(403);
  });

  it('the page is in no frame, runs no script, and sends its form here and to the app', async () => {
    const { headers, body } = await server({ path: `/login?${authorization()}` });

    expect(headers['X-Frame-Options']).toBe('DENY');
    expect(headers['Referrer-Policy']).toBe('same-origin');
    expect(headers['Content-Security-Policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w+/=]+'; form-action 'self' http:\/\/localhost:5173; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(body).not.toContain('<script');
  });

  it('what came in the request stands on the page as text', async () => {
    const evil = '"><script>alert(1)</script>';
    const pages = [
      await server({ path: `/login?${authorization({ login_hint: evil, state: evil })}` }),
      await server({ path: `/login?${authorization({ redirect_uri: evil })}` }),
      await server({ path: `/login?${authorization({ client_id: evil })}` }),
      await submit(server, { user: evil.repeat(20) }),
    ];

    pages.forEach(({ body }) => expect(body).not.toContain('<script'));
  });
});

it.each(['/oauth2/authorize', '/login', '/oauth2/userInfo', '/logout', '/_local/user-pools'])(
  'GET %s answers this machine alone',
  async (path) => {
    const { status } = await server({ path: `${path}?${authorization()}`, remoteAddress: '192.168.1.5' });

    expect(status).toBe(403);
  },
);

it.each(['/', '/login', '/oauth2/token', '/oauth2/revoke'])(
  'POST %s answers this machine alone',
  async (path) => {
    const asked = { path: `${path}?${authorization()}`, headers: { ...FORM, origin: HERE }, body: 'user=a' };

    const { status } = await server({ ...asked, remoteAddress: '192.168.1.5' });

    expect(status).toBe(403);
  },
);

it('a page of another site gets no answer of the token endpoint', async () => {
  const { status, headers } = await server({
    path: '/oauth2/token',
    headers: { ...FORM, origin: 'https://evil.example' },
    body: 'grant_type=refresh_token',
  });

  expect(status).toBe(403);
  expect(headers['Access-Control-Allow-Origin']).toBeUndefined();
});
