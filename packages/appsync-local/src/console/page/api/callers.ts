import { localJson } from './local-route.ts';
import type { AuthenticationType, Credentials, Settings } from './settings.ts';
import { signRequest } from './sigv4.ts';

/** A new token is requested this many milliseconds before the current one expires. */
const EARLY_MS = 60_000;
const TOKEN_SECONDS = 3600;

export type Headers = Record<string, string>;
export type Values = Record<string, string>;

/** As whom requests are sent. It keeps what was typed when it was made, whatever is typed afterwards. */
export interface Caller {
  /** The authorization mode, or where the credentials come from. */
  title: string;
  /** Title and user: `Cognito user alice`. */
  name: string;
  /** Equal for callers with the same credentials. */
  key: string;
  /** What to do when the server answers 401. */
  hint: string;
  /** Headers for POST /graphql with that body. */
  headers(body: string): Promise<Headers>;
  /** The header object of the real-time protocol, signed for that path and body. */
  realtimeHeaders(path: string, body: string): Promise<Headers>;
  /** Options by which curl signs requests itself, since a copied signature expires. */
  curlOptions?: string[];
}

export interface Field {
  name: string;
  title: string;
  placeholder?: string;
  initial?: string;
}

/** An authorization mode of the API, as people choose it. */
export interface Mode {
  type: AuthenticationType;
  title: string;
  /** Input fields. */
  fields: Field[];
  caller(values: Values): Caller;
}

/** What each kind of mode says of itself. */
interface ModeParts extends Omit<Mode, 'type' | 'caller'> {
  hint: string;
  /** What tells one caller of the mode from another. */
  who?(values: Values): string;
  headers(values: Values, body: string): Promise<Headers>;
  /** @default the headers, with the host */
  realtimeHeaders?(values: Values, path: string, body: string): Promise<Headers>;
  curlOptions?(values: Values): string[];
}

export function createMode(type: AuthenticationType, settings: Settings): Mode {
  const parts = MODES[type](settings);
  const { title, fields, hint } = parts;
  const initial = Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));
  return {
    type,
    title,
    fields,
    caller: (typed) => {
      const values = { ...initial, ...pick(typed, Object.keys(initial)) };
      const headers = (body: string): Promise<Headers> => parts.headers(values, body);
      return {
        title,
        name: [title, parts.who?.(values)].filter(Boolean).join(' '),
        key: JSON.stringify([type, values]),
        hint,
        headers,
        realtimeHeaders: async (path, body) =>
          parts.realtimeHeaders
            ? parts.realtimeHeaders(values, path, body)
            : { host: location.host, ...(await headers(body)) },
        curlOptions: parts.curlOptions?.(values),
      };
    },
  };
}

const pick = (values: Values, names: string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** The server gives credentials and tokens only to its own machine; on another one people paste them. */
const isElsewhere = ({ credentials }: Settings): boolean => credentials === undefined;

/** Placeholder for a value that the server printed at start-up. */
const PRINTED = 'see the server’s terminal';

const MODES: Record<AuthenticationType, (settings: Settings) => ModeParts> = {
  API_KEY: (settings) => ({
    title: 'API key',
    hint: isElsewhere(settings)
      ? 'Paste the key that the server has printed at its start.'
      : `The local server accepts the key ${settings.apiKey}.`,
    fields: [{ name: 'apiKey', title: 'Key', placeholder: PRINTED, initial: settings.apiKey }],
    who: ({ apiKey = '' }) => (apiKey === settings.apiKey ? '' : `…${apiKey.slice(-4)}`),
    headers: async ({ apiKey = '' }) => ({ 'x-api-key': apiKey }),
  }),
  AWS_IAM: signedMode,
  AMAZON_COGNITO_USER_POOLS: (settings) =>
    isElsewhere(settings) ? tokenMode('Cognito user', 'cognitoToken') : userPoolMode(),
  OPENID_CONNECT: (settings) => {
    const [issuer] = settings.oidcIssuers;
    return issuer !== undefined && !isElsewhere(settings)
      ? issuedMode(issuer)
      : tokenMode('OpenID Connect', 'oidcToken');
  },
  AWS_LAMBDA: () => tokenMode('Lambda authorizer', 'lambdaToken'),
};

function signedMode(settings: Settings): ModeParts {
  const credentials = ({ accessKeyId = '', secretAccessKey = '' }: Values): Credentials =>
    settings.credentials ?? { accessKeyId, secretAccessKey };
  const sign = (values: Values, path: string, headers: Headers, body: string): Promise<Headers> =>
    signRequest(
      { path, headers: { ...headers, host: location.host }, body },
      credentials(values),
      settings.region,
    );
  return {
    title: 'IAM (local keys)',
    hint: 'Requests are signed with the local development keys; check that this machine’s clock is right.',
    fields: isElsewhere(settings)
      ? [
          { name: 'accessKeyId', title: 'Access key', placeholder: PRINTED },
          { name: 'secretAccessKey', title: 'Secret', placeholder: PRINTED },
        ]
      : [],
    headers: async (values, body) => {
      const { host: _sentByTheBrowser, ...signed } = await sign(
        values,
        '/graphql',
        { 'content-type': 'application/json' },
        body,
      );
      return signed;
    },
    realtimeHeaders: (values, path, body) => sign(values, path, REALTIME_SIGNED, body),
    curlOptions: (values) => {
      const { accessKeyId, secretAccessKey } = credentials(values);
      return [
        `--aws-sigv4 'aws:amz:${settings.region}:appsync'`,
        `--user '${accessKeyId}:${secretAccessKey}'`,
      ];
    },
  };
}

/** Signed for a connection and for each `start` (AppSync developer guide, "Building a real-time WebSocket client"). */
const REALTIME_SIGNED = {
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
};

function userPoolMode(): ModeParts {
  const token = tokenSource();
  return {
    title: 'Cognito user',
    hint: 'The server did not accept the token made for this user; reload the page if the server was reset.',
    fields: [
      { name: 'user', title: 'User', initial: 'alice' },
      { name: 'groups', title: 'Groups', placeholder: 'admins, …' },
    ],
    who: ({ user = '', groups = '' }) => (groups === '' ? user : `${user} (${groups})`),
    headers: async ({ user = '', groups = '' }) => ({
      Authorization: await token({
        user,
        groups: groups.split(/[\s,]+/).filter(Boolean),
        tokenUse: 'access',
        provider: 'cognito',
      }),
    }),
  };
}

/** A user of a provider that this server replaces. */
function issuedMode(issuer: string): ModeParts {
  const token = tokenSource();
  return {
    title: 'OpenID Connect user',
    hint: `The server did not accept the token that it made for the issuer ${issuer}.`,
    fields: [
      { name: 'oidcUser', title: 'User', initial: 'alice' },
      { name: 'oidcClaims', title: 'Claims', placeholder: '{"role":"admin"}' },
    ],
    who: ({ oidcUser = '' }) => oidcUser,
    headers: async ({ oidcUser = '', oidcClaims = '' }) => ({
      Authorization: await token({
        user: oidcUser,
        claims: parsedClaims(oidcClaims),
        provider: 'oidc',
        issuer,
      }),
    }),
  };
}

function parsedClaims(text: string): unknown {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new Error(`The claims ${text} are not JSON; write an object such as {"role":"admin"}.`);
  }
}

const tokenMode = (title: string, name: string): ModeParts => ({
  title,
  hint: 'Paste a token that this mode accepts; npx appsync-local token prints one on the server’s machine.',
  fields: [{ name, title: 'Token' }],
  headers: async (values) => ({ Authorization: values[name] ?? '' }),
});

type TokenRequest = { user: string } & Record<string, unknown>;

/** Requests tokens from this server's issuer, and keeps one for each request until shortly before it expires. */
function tokenSource(): (request: TokenRequest) => Promise<string> {
  const kept = new Map<string, { until: number; token: string }>();
  return async (request) => {
    const key = JSON.stringify(request);
    const known = kept.get(key);
    if (known && known.until > Date.now()) {
      return known.token;
    }
    const token = await requestToken(request);
    kept.set(key, { token, until: Date.now() + TOKEN_SECONDS * 1000 - EARLY_MS });
    return token;
  };
}

async function requestToken(request: TokenRequest): Promise<string> {
  try {
    const body = { ...request, expiresInSeconds: TOKEN_SECONDS };
    return (await localJson<{ token: string }>('/_local/token', body)).token;
  } catch (error) {
    // fetch rejects with a TypeError when the server cannot be reached, which may be temporary.
    if (error instanceof TypeError) {
      throw error;
    }
    throw new Error(`No token for “${request.user}”: ${(error as Error).message}`);
  }
}
