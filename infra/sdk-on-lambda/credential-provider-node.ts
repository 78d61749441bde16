import { fromEnv } from '@aws-sdk/credential-provider-env';
import { fromHttp, type FromHttpOptions } from '@aws-sdk/credential-provider-http';
import { memoize } from '@smithy/core/config';

type Credentials = Awaited<ReturnType<ReturnType<typeof fromEnv>>>;

/** As in the SDK: credentials that expire within five minutes are fetched again. */
const REFRESH_MS = 300_000;

const mustRefresh = ({ expiration }: Credentials): boolean =>
  expiration !== undefined && expiration.getTime() - Date.now() < REFRESH_MS;

/** Lambda gives a function the URL of its credentials instead of keys when it starts from a snapshot. */
function haveUrl(): boolean {
  const {
    AWS_ACCESS_KEY_ID: key,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path,
  } = process.env;
  return !key && Boolean(url ?? path);
}

/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundle of a Lambda function. Reads a role's credentials where Lambda puts
 * them: first in environment variables, then at the URL that one of them names (AWS Lambda developer guide, "Defined runtime
 * environment variables"). The rest of the SDK's chain, such as profiles, SSO and web identities, is a third of the bundle.
 */
export function defaultProvider(options: FromHttpOptions = {}): () => Promise<Credentials> {
  const environment = fromEnv(options);
  return memoize<Credentials>(
    () => (haveUrl() ? fromHttp(options)() : environment()),
    mustRefresh,
    ({ expiration }) => expiration !== undefined,
  );
}
