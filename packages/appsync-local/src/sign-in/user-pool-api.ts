import { randomBytes, randomUUID } from 'node:crypto';
import { isRecord } from '../ground/record.ts';
import type { Handle, HttpResponse } from '../http/message.ts';
import { headerText } from '../http/message.ts';
import { DEFAULT_AUTH_FLOWS } from '../template/read-user-pools.ts';
import { findClient, type SignInClient } from './client.ts';
import type { SignInState } from './oauth.ts';
import { type Tokens, verifyAccessToken } from './sessions.ts';

/** The request of an operation, or a part of it. */
type Input = Record<string, unknown>;

/** An error of Cognito's API, by its own name. */
class PoolFailure extends Error {
  override name = 'PoolFailure';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Operation = (input: Input, state: SignInState) => Promise<object>;

/**
 * `POST /` with `X-Amz-Target: AWSCognitoIdentityProviderService.…`: the operations that apps sign in with, in the form of Cognito's API (Cognito user
 * pools API reference). Amplify calls them at its `userPoolEndpoint`.
 */
export const userPoolApi =
  (state: SignInState): Handle =>
  async (http) => {
    const [, name = ''] = /^AWSCognitoIdentityProviderService\.(\w+)$/.exec(target(http)) ?? [];
    try {
      const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      if (!operation) {
        throw new PoolFailure(
          'UnknownOperationException',
          `This server does not run "${name || target(http)}"; it runs ${Object.keys(OPERATIONS).join(', ')}.`,
        );
      }
      return answer(200, await operation(parse(await http.body()), state));
    } catch (error) {
      if (error instanceof PoolFailure) {
        return answer(400, { __type: error.type, message: error.message }, error.type);
      }
      throw error;
    }
  };

const target = (http: Parameters<Handle>[0]): string => headerText(http, 'x-amz-target') ?? '';

const OPERATIONS: Record<string, Operation> = {
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  GetUser: getUser,
};

/** There are no passwords here: each is right. With SRP, the password would not even arrive. */
async function initiateAuth(input: Input, state: SignInState): Promise<object> {
  const client = clientOf(input, state);
  const flow = text(input, 'AuthFlow');
  const parameters = part(input, 'AuthParameters');
  checkFlow(client, flow);
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      text(parameters, 'PASSWORD');
      return signIn(client, text(parameters, 'USERNAME'), state);
    case 'USER_SRP_AUTH':
      text(parameters, 'SRP_A');
      return passwordChallenge(client, text(parameters, 'USERNAME'));
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      return refresh(client, text(parameters, 'REFRESH_TOKEN'), state);
    default:
      throw new PoolFailure(
        'InvalidParameterException',
        `This server does not run AuthFlow ${flow}; it runs USER_SRP_AUTH, USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH.`,
      );
  }
}

/** Seconds that Cognito waits for the answer to a challenge (CreateUserPoolClient, AuthSessionValidity). */
const CHALLENGE_SECONDS = 180;

/** What a client computes its proof of the password from; no proof is ever checked, so the numbers are random. */
async function passwordChallenge({ pool, clientId }: SignInClient, user: string): Promise<object> {
  const sealed = await pool.issuer.seal('challenge', { clientId, user }, CHALLENGE_SECONDS);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: randomBytes(16).toString('hex'),
      SRP_B: randomBytes(384).toString('hex'),
      // Clients sign its bytes, so they decode it first (Amplify v6, getSignatureString.ts).
      SECRET_BLOCK: Buffer.from(sealed).toString('base64'),
      USERNAME: user,
      USER_ID_FOR_SRP: user,
    },
  };
}

async function respondToAuthChallenge(input: Input, state: SignInState): Promise<object> {
  const client = clientOf(input, state);
  const name = text(input, 'ChallengeName');
  if (name !== 'PASSWORD_VERIFIER') {
    throw new PoolFailure(
      'InvalidParameterException',
      `This server does not support the challenge ${name}, only PASSWORD_VERIFIER.`,
    );
  }
  const responses = part(input, 'ChallengeResponses');
  text(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const sealed = Buffer.from(text(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'), 'base64').toString();
  const asked = await client.pool.issuer.unseal('challenge', sealed);
  if (asked?.['clientId'] !== client.clientId || asked['user'] !== text(responses, 'USERNAME')) {
    throw new PoolFailure('NotAuthorizedException', 'Incorrect username or password.');
  }
  return signIn(client, asked['user'], state);
}

async function getTokensFromRefreshToken(input: Input, state: SignInState): Promise<object> {
  return refresh(clientOf(input, state), text(input, 'RefreshToken'), state);
}

async function revokeToken(input: Input, state: SignInState): Promise<object> {
  await state.sessions.revoke(clientOf(input, state), text(input, 'Token'));
  return {};
}

async function globalSignOut(input: Input, state: SignInState): Promise<object> {
  const { pool, username } = await signedIn(input, state);
  state.sessions.signOut(pool, username);
  return {};
}

async function getUser(input: Input, state: SignInState): Promise<object> {
  const { username, sub } = await signedIn(input, state);
  return { Username: username, UserAttributes: [{ Name: 'sub', Value: sub }] };
}

/** Whose access token it is. */
async function signedIn(input: Input, { pools }: SignInState) {
  const token = text(input, 'AccessToken');
  for (const pool of pools) {
    const claims = await verifyAccessToken(pool, token).catch(() => undefined);
    if (claims) {
      return { pool, username: String(claims['username']), sub: String(claims.sub) };
    }
  }
  throw new PoolFailure('NotAuthorizedException', 'Invalid Access Token');
}

async function signIn(client: SignInClient, user: string, { sessions, users }: SignInState): Promise<object> {
  const groups = users.groupsOf(user);
  const scopes = ['aws.cognito.signin.user.admin'];
  return authenticated(
    await sessions.begin(client, { user, groups, scopes, seconds: null, hasIdToken: true }),
  );
}

async function refresh(client: SignInClient, token: string, { sessions }: SignInState): Promise<object> {
  const tokens = await sessions.refresh(client, token);
  if (!tokens) {
    throw new PoolFailure('NotAuthorizedException', 'Invalid Refresh Token');
  }
  return authenticated(tokens);
}

const authenticated = ({ accessToken, idToken, refreshToken, expiresIn }: Tokens): object => ({
  AuthenticationResult: {
    AccessToken: accessToken,
    IdToken: idToken,
    RefreshToken: refreshToken,
    ExpiresIn: expiresIn,
    TokenType: 'Bearer',
  },
  ChallengeParameters: {},
});

function clientOf(input: Input, { pools }: SignInState): SignInClient {
  const clientId = text(input, 'ClientId');
  const client = findClient(pools, clientId);
  if (!client) {
    throw new PoolFailure('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  }
  return client;
}

/** A flow that AWS would refuse is refused here. `REFRESH_TOKEN` is an older name. */
function checkFlow({ rules }: SignInClient, flow: string): void {
  const allowed = rules?.authFlows ?? DEFAULT_AUTH_FLOWS;
  const known = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH'];
  if (known.includes(flow) && !allowed.includes(flow)) {
    throw new PoolFailure('InvalidParameterException', `${flow} flow not enabled for this client`);
  }
}

/** A member that must be there. A user's name has at most 128 characters, as on AWS. */
function text(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '' || (name === 'USERNAME' && value.length > 128)) {
    throw new PoolFailure('InvalidParameterException', `Missing required parameter ${name}`);
  }
  return value;
}

function part(input: Input, name: string): Input {
  const value = input[name];
  return isRecord(value) ? value : {};
}

function parse(body: string): Input {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) {
      return value;
    }
  } catch {
    // Refused below, like any other body that is not an object.
  }
  throw new PoolFailure('SerializationException', 'The body is not a JSON object.');
}

const answer = (status: number, value: object, errorType?: string): HttpResponse => ({
  status,
  headers: {
    'Content-Type': 'application/x-amz-json-1.1',
    'Cache-Control': 'no-store',
    'x-amzn-RequestId': randomUUID(),
    ...(errorType !== undefined && { 'x-amzn-ErrorType': errorType }),
  },
  body: JSON.stringify(value),
});
