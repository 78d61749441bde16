import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from '../ground/local-credentials.ts';
import { isUsage } from './command-failure.ts';

const HELP = `Prints a token for the running local server's API, on one line: of its user pool, or of its OpenID Connect
provider where it has no user pool.

Usage: npx appsync-local token --user NAME [options]

  --user NAME              The token's username.
  --sub ID                 The token's sub, which owns items. On AWS it is a UUID. Default: the user's name
  --groups A,B             Cognito groups, such as admins; the claim "groups" for OpenID Connect.
  --use access|id          Kind of token. Default: access
  --expires-in SECONDS     Default: 3600
  --provider cognito|oidc  Of which kind of provider, where the API has both. Default: cognito
  --issuer URL             Of which provider, where there are several; a user pool also by its id. Default: the first
  --client ID              Client that the token is for. Default: one that the API admits
  --claims JSON            More claims, such as {"tenant":"t1"}.
  --port N                 Port of the server. Default: PORT, or 4000.

Example: curl -H "Authorization: $(npx appsync-local token --user alice)" …`;

/** Asks the running server's issuer for a token. */
async function main(): Promise<void> {
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
      port: { type: 'string', default: process.env.PORT ?? String(DEFAULT_PORT) },
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
  if (!/^\d+$/.test(values.port) || Number(values.port) < 1 || Number(values.port) > 65_535) {
    throw new Error(`--port (or PORT) must be a number from 1 to 65535, not "${values.port}"`);
  }
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
  const answer = await answerOf(response, values.port);
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

async function ask(port: string, body: unknown): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    return await fetch(`http://localhost:${port}/_local/token`, init);
  } catch {
    throw new Error(
      `no local server answers on port ${port}; start one with npx appsync-local, or pass --port N`,
    );
  }
}

/** Any program may listen on the port. */
async function answerOf(
  response: Response,
  port: string,
): Promise<{ token?: string; errors?: { message: string }[] }> {
  try {
    return (await response.json()) as object;
  } catch {
    throw new Error(
      `the program that answers on port ${port} is not a local server; pass the server's port with --port N`,
    );
  }
}

main().catch((error: Error) => {
  console.error(usageOf(error));
  process.exitCode = 1;
});

/** The first sentence of an option error in Node.js, which has up to three lines. */
function usageOf(error: Error): string {
  const [sentence] = error.message.split(/\.\s|\n/);
  return isUsage(error) ? `${sentence}; see npx appsync-local token --help` : error.message;
}
