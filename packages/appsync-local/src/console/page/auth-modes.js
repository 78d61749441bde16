import { signRequest } from './sigv4.js';

/** A new token is requested this many milliseconds before the current one expires. */
const EARLY_MS = 60_000;
const TOKEN_SECONDS = 3600;

/**
 * One authorization mode of the API.
 *
 * - `type`, `title`; `hint`: what to do when the server answers 401
 * - `fields`: `{ name, title, placeholder, initial }` of its input fields
 * - `headers(body)`: headers for POST /graphql with that body
 * - `realtimeHeaders(path, body)`: the header object of the real-time protocol, signed for that path and body
 *
 * @param {string} type @param {object} settings @param {Record<string, string>} values of the fields, by name
 */
export function createMode(type, settings, values) {
  return MODES[type]?.(type, settings, values);
}

/** The server gives credentials and tokens only to its own machine; on another one people paste them. */
const isElsewhere = ({ credentials }) => credentials === undefined;

/** Placeholder for a value that the server printed at start-up. */
const PRINTED = 'see the server’s terminal';

const MODES = {
  API_KEY: (type, settings, values) => {
    const headers = async () => ({ 'x-api-key': values.apiKey });
    return {
      type,
      title: 'API key',
      hint: isElsewhere(settings)
        ? 'Paste the key that the server has printed at its start.'
        : `The local server accepts the key ${settings.apiKey}.`,
      fields: [{ name: 'apiKey', title: 'Key', placeholder: PRINTED, initial: settings.apiKey }],
      headers,
      realtimeHeaders: withHost(headers),
    };
  },

  AWS_IAM: (type, settings, values) => {
    const credentials = () =>
      settings.credentials ?? { accessKeyId: values.accessKeyId, secretAccessKey: values.secretAccessKey };
    return {
      type,
      title: 'IAM (local keys)',
      hint: 'Requests are signed with the local development keys; check that this machine’s clock is right.',
      fields: isElsewhere(settings)
        ? [
            { name: 'accessKeyId', title: 'Access key', placeholder: PRINTED },
            { name: 'secretAccessKey', title: 'Secret', placeholder: PRINTED },
          ]
        : [],
      headers: async (body) => {
        const json = { 'content-type': 'application/json' };
        const signed = await sign('/graphql', json, body, credentials(), settings.region);
        delete signed.host;
        return signed;
      },
      realtimeHeaders: (path, body) => sign(path, REALTIME_SIGNED, body, credentials(), settings.region),
    };
  },

  AMAZON_COGNITO_USER_POOLS: (type, settings, values) => {
    if (isElsewhere(settings)) return tokenMode(type, 'Cognito user', 'cognitoToken', values);
    const headers = bearer(
      tokenSource(() => ({
        user: values.user,
        groups: values.groups.split(/[\s,]+/).filter(Boolean),
        tokenUse: 'access',
        provider: 'cognito',
      })),
    );
    return {
      type,
      title: 'Cognito user',
      hint: 'The server did not accept the token made for this user; reload the page if the server was reset.',
      fields: [
        { name: 'user', title: 'User', initial: 'alice' },
        { name: 'groups', title: 'Groups', placeholder: 'admins, …' },
      ],
      headers,
      realtimeHeaders: withHost(headers),
    };
  },

  OPENID_CONNECT: (type, settings, values) =>
    settings.oidcIssuers.length > 0 && !isElsewhere(settings)
      ? issuedMode(type, settings.oidcIssuers, values)
      : tokenMode(type, 'OpenID Connect', 'oidcToken', values),
  AWS_LAMBDA: (type, _settings, values) => tokenMode(type, 'Lambda authorizer', 'lambdaToken', values),
};

/** A user of a provider that this server replaces. */
function issuedMode(type, [issuer], values) {
  const request = () => ({
    user: values.oidcUser,
    claims: parsedClaims(values.oidcClaims),
    provider: 'oidc',
    issuer,
  });
  const headers = bearer(tokenSource(request));
  return {
    type,
    title: 'OpenID Connect user',
    hint: `The server did not accept the token it made in place of ${issuer}.`,
    fields: [
      { name: 'oidcUser', title: 'User', initial: 'alice' },
      { name: 'oidcClaims', title: 'Claims', placeholder: '{"role":"admin"}' },
    ],
    headers,
    realtimeHeaders: withHost(headers),
  };
}

function parsedClaims(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new Error(`The claims ${text} are no JSON; write an object such as {"role":"admin"}.`);
  }
}

function tokenMode(type, title, name, values) {
  const headers = bearer(async () => values[name]);
  return {
    type,
    title,
    hint: 'Paste a token that this mode accepts; npx appsync-local token makes them on the server’s machine.',
    fields: [{ name, title: 'Token' }],
    headers,
    realtimeHeaders: withHost(headers),
  };
}

const bearer = (token) => async () => ({ Authorization: await token() });

const withHost = (headers) => async () => ({ host: location.host, ...(await headers()) });

/** Signed for a connection and for each `start` (AppSync developer guide, "Building a real-time WebSocket client"). */
const REALTIME_SIGNED = {
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
};

const sign = (path, headers, body, credentials, region) =>
  signRequest({ path, headers: { ...headers, host: location.host }, body }, credentials, region);

/** Requests tokens from this server's issuer. @param {() => object} requestOf the body of the request */
function tokenSource(requestOf) {
  let kept = { key: '', until: 0, token: '' };
  return async () => {
    const request = requestOf();
    const key = JSON.stringify(request);
    if (kept.key !== key || kept.until < Date.now()) {
      const token = await requestToken(request);
      kept = { key, token, until: Date.now() + TOKEN_SECONDS * 1000 - EARLY_MS };
    }
    return kept.token;
  };
}

async function requestToken(request) {
  const response = await fetch('/_local/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, expiresInSeconds: TOKEN_SECONDS }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`No token for “${request.user}”: ${answer.errors[0].message}`);
  return answer.token;
}
