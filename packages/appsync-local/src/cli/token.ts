import { parseArgs } from './arguments.ts';
import { answerOf, askServer, checkPort, defaultPort, endUnserved } from './running-server.ts';
import { endWithOutput } from './standard-output.ts';

const HELP = `Prints a token for the API of the running local server, on one line. The token is from the API's user pool, or from its
OpenID Connect provider if it has no user pool.

Usage: npx appsync-local token --user NAME [options]

  --user NAME              The token's username.
  --sub ID                 The token's sub, which owns items. On AWS it is a UUID. Default: the user's name
  --groups A,B             Cognito groups, such as admins; the claim "groups" for OpenID Connect.
  --use access|id          Kind of token. Default: access
  --expires-in SECONDS     Default: 3600
  --provider cognito|oidc  Kind of provider, if the API has both. Default: cognito
  --issuer URL             Provider, if there are several; for a user pool also its id. Default: the first
  --client ID              Client that the token is for. Default: one that the API admits
  --claims JSON            More claims, such as {"tenant":"t1"}.
  --port N                 Port of the server. Default: PORT, or 4000.

Example: curl -H "Authorization: $(npx appsync-local token --user alice)" …`;

/** Asks the running server's issuer for a token. */
async function main(): Promise<void> {
  endWithOutput();
  const { values } = parseArgs({
    options: {
      user: { type: 'string' },
      sub: { type: 'string' },
      groups: { type: 'string' },
      use: { type: 'string', default: 'access' },
      'expires-in': { type: 'string', default: '3600' },
      provider: { type: 'string' },
      issuer: { type: 'string' },
      client: { type: 'string' },
      claims: { type: 'string' },
      port: { type: 'string', default: defaultPort() },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (!values.user) {
    throw new Error('--user NAME is required; see npx appsync-local token --help');
  }
  checkPort(values.port);
  const response = await ask(values.port, {
    user: values.user,
    sub: values.sub,
    groups: values.groups?.split(',').filter((group) => group !== '') ?? [],
    tokenUse: values.use,
    expiresInSeconds: numberOf(values['expires-in']),
    provider: values.provider,
    issuer: values.issuer,
    clientId: values.client,
    claims: values.claims === undefined ? undefined : claimsOf(values.claims),
  });
  const answer = await answerOf<{ token?: string }>(response, values.port);
  if (!answer.token) {
    throw new Error(inOptions(answer.errors?.[0]?.message ?? `the server answered ${response.status}`));
  }
  console.log(answer.token);
}

/** Sends a text that is not a number unchanged, so that the server's answer names it. */
const numberOf = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** Members of the request that have a different name as options. */
const OPTION_OF: Record<string, string> = {
  tokenUse: 'use',
  expiresInSeconds: 'expires-in',
  clientId: 'client',
};

/** Replaces member names in the server's message: the user of the command knows only options. */
const inOptions = (message: string): string =>
  message
    .replace(/^(\w+)(?= is .+; it must be )/, (member) => `--${OPTION_OF[member] ?? member}`)
    .replace(/^There is no such issuer/, '--issuer or --provider names no issuer');

function claimsOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`--claims must be a JSON object such as {"tenant":"t1"}, not ${text}`);
  }
}

const ask = (port: string, body: unknown): Promise<Response> =>
  askServer(port, '/_local/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

main().catch((error: Error) => endUnserved(error, 'token'));
