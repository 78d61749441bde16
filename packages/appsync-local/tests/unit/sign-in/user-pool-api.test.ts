import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CLIENT_ID,
  codeFor,
  OTHER_CLIENT_ID,
  POOL,
  redeem,
  refresh,
  RULES,
  signInServer,
} from './harness/front-end.ts';

type Answer = Record<string, unknown> & {
  AuthenticationResult?: { AccessToken: string; IdToken: string; RefreshToken?: string; ExpiresIn: number };
  ChallengeParameters?: Record<string, string>;
};

const password = signInServer({
  clients: [
    { logicalId: 'Client', clientId: CLIENT_ID, signIn: { ...RULES, authFlows: ['USER_PASSWORD_AUTH'] } },
    ...POOL.clients.slice(1),
  ],
});
const server = signInServer();

/** Calls an operation as AWS's clients do. */
async function call(name: string, input: unknown, to = server): Promise<Answer> {
  const response = await to({
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${name}`,
      origin: 'http://localhost:5173',
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return JSON.parse(String(response.body)) as Answer;
}

const initiate = (
  AuthFlow: string,
  AuthParameters: object,
  to = server,
  ClientId = CLIENT_ID,
): Promise<Answer> => call('InitiateAuth', { AuthFlow, AuthParameters, ClientId }, to);

/** Answers the challenge of SRP, as a client with any password does. */
const respond = (
  challenge: Answer,
  changes: Record<string, string> = {},
  ClientId = CLIENT_ID,
): Promise<Answer> =>
  call('RespondToAuthChallenge', {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId,
    ChallengeResponses: {
      USERNAME: challenge.ChallengeParameters!['USER_ID_FOR_SRP'],
      PASSWORD_CLAIM_SECRET_BLOCK: challenge.ChallengeParameters!['SECRET_BLOCK'],
      PASSWORD_CLAIM_SIGNATURE: 'c2lnbmF0dXJl',
      TIMESTAMP: 'Mon Nov 30 02:00:00 UTC 2026',
      ...changes,
    },
  });

const signIn = async (user: string) =>
  (await respond(await initiate('USER_SRP_AUTH', { USERNAME: user, SRP_A: 'ab' }))).AuthenticationResult!;

afterEach(() => vi.useRealTimers());

describe('a sign-in', () => {
  it('with SRP asks for a proof, and gives tokens for any', async () => {
    const challenge = await initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: 'ab' });
    const { AuthenticationResult: tokens } = await respond(challenge);

    expect(challenge).toEqual({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: expect.stringMatching(/^[0-9a-f]{32}$/),
        SRP_B: expect.stringMatching(/^[0-9a-f]{768}$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
        USERNAME: 'alice',
        USER_ID_FOR_SRP: 'alice',
      },
    });
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(decodeJwt(tokens!.AccessToken)).toMatchObject({
      username: 'alice',
      client_id: CLIENT_ID,
      scope: 'aws.cognito.signin.user.admin',
    });
    expect(decodeJwt(tokens!.IdToken)).toMatchObject({ aud: CLIENT_ID, 'cognito:username': 'alice' });
  });

  it('with a password takes any, where the client has that flow', async () => {
    const parameters = { USERNAME: 'alice', PASSWORD: 'anything' };

    expect((await initiate('USER_PASSWORD_AUTH', parameters, password)).AuthenticationResult).toBeDefined();
    expect(await initiate('USER_PASSWORD_AUTH', parameters)).toEqual({
      __type: 'InvalidParameterException',
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    });
  });

  it('has the groups that the user had on the page', async () => {
    await codeFor(server, { user: 'grace', group: 'admins' });

    expect(decodeJwt((await signIn('grace')).AccessToken)['cognito:groups']).toEqual(['admins']);
    expect(decodeJwt((await signIn('heidi')).AccessToken)['cognito:groups']).toBeUndefined();
  });
});

describe('a challenge', () => {
  const challenge = () => initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: 'ab' });
  const refused = { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' };

  it('is for its user and its client', async () => {
    expect(await respond(await challenge(), { USERNAME: 'admin' })).toEqual(refused);
    expect(await respond(await challenge(), {}, OTHER_CLIENT_ID)).toEqual(refused);
    expect(await respond(await challenge(), { PASSWORD_CLAIM_SECRET_BLOCK: 'x' })).toEqual(refused);
  });

  it('is no refresh token, nor the other way round', async () => {
    const { ChallengeParameters } = await challenge();
    const { RefreshToken } = await signIn('alice');

    expect(
      (await refresh(server, Buffer.from(ChallengeParameters!['SECRET_BLOCK']!, 'base64').toString())).status,
    ).toBe(400);
    expect(
      await respond(await challenge(), {
        PASSWORD_CLAIM_SECRET_BLOCK: Buffer.from(RefreshToken!).toString('base64'),
      }),
    ).toEqual(refused);
  });

  it('waits three minutes for its answer', async () => {
    const asked = await challenge();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 182_000);

    expect(await respond(asked)).toEqual(refused);
  });
});

describe('a refresh token', () => {
  it.each(['GetTokensFromRefreshToken', 'InitiateAuth'])('gets new tokens by %s', async (name) => {
    const { RefreshToken, AccessToken } = await signIn('alice');
    const input = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } };

    const { AuthenticationResult: tokens } = await call(name, {
      ...input,
      RefreshToken,
      ClientId: CLIENT_ID,
    });

    expect(decodeJwt(tokens!.AccessToken)['origin_jti']).toBe(decodeJwt(AccessToken)['origin_jti']);
    expect(tokens!.RefreshToken).toBeUndefined();
  });

  it('of the page is good here as well, with the lifetime chosen there', async () => {
    const { refresh_token: RefreshToken } = await redeem(
      server,
      await codeFor(server, { user: 'ivan', seconds: '7' }),
    );

    const answer = await call('GetTokensFromRefreshToken', { RefreshToken, ClientId: CLIENT_ID });

    expect(answer.AuthenticationResult).toMatchObject({ ExpiresIn: 7 });
  });

  it('is refused once it is revoked', async () => {
    const { RefreshToken: Token } = await signIn('alice');
    await call('RevokeToken', { Token, ClientId: CLIENT_ID });

    expect(await call('GetTokensFromRefreshToken', { RefreshToken: Token, ClientId: CLIENT_ID })).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Invalid Refresh Token',
    });
  });

  it('is refused once its user has signed out everywhere; that of another user is not', async () => {
    const [one, two, other] = [await signIn('judy'), await signIn('judy'), await signIn('mallory')];
    await call('GlobalSignOut', { AccessToken: one.AccessToken });

    const errors = await Promise.all(
      [one, two, other].map(({ RefreshToken }) =>
        call('GetTokensFromRefreshToken', { RefreshToken, ClientId: CLIENT_ID }),
      ),
    );
    expect(errors.map(({ __type }) => __type)).toEqual([
      'NotAuthorizedException',
      'NotAuthorizedException',
      undefined,
    ]);
  });
});

it('GetUser says who an access token is for, and takes no other token', async () => {
  const { AccessToken, IdToken } = await signIn('alice');

  expect(await call('GetUser', { AccessToken })).toEqual({
    Username: 'alice',
    UserAttributes: [{ Name: 'sub', Value: 'alice' }],
  });
  expect(await call('GetUser', { AccessToken: IdToken })).toMatchObject({ __type: 'NotAuthorizedException' });
});

it.each([
  ['SignUp', {}, 'UnknownOperationException', /does not run "SignUp"; it runs InitiateAuth,/],
  ['constructor', {}, 'UnknownOperationException', /does not run "constructor"/],
  ['InitiateAuth', '[]', 'SerializationException', /JSON object/],
  ['InitiateAuth', '{', 'SerializationException', /JSON object/],
  ['InitiateAuth', { ClientId: 'nobody' }, 'ResourceNotFoundException', /client nobody does not exist/],
  ['InitiateAuth', { ClientId: CLIENT_ID }, 'InvalidParameterException', /AuthFlow/],
  [
    'InitiateAuth',
    { ClientId: CLIENT_ID, AuthFlow: 'USER_AUTH' },
    'InvalidParameterException',
    /USER_AUTH; it runs/,
  ],
  [
    'InitiateAuth',
    {
      ClientId: CLIENT_ID,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { SRP_A: 'a', USERNAME: 'x'.repeat(129) },
    },
    'InvalidParameterException',
    /USERNAME/,
  ],
  [
    'RespondToAuthChallenge',
    { ClientId: CLIENT_ID, ChallengeName: 'SMS_MFA' },
    'InvalidParameterException',
    /SMS_MFA, only PASSWORD_VERIFIER/,
  ],
])('%s of %j is refused by name', async (name, input, type, message) => {
  expect(await call(name, input)).toEqual({ __type: type, message: expect.stringMatching(message) });
});
