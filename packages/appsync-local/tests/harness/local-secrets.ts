import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import type { Secrets } from './secrets.ts';
import type { ApiTarget } from './target.ts';

/** A local server's: well known, and tokens for whoever is named. */
export const localSecrets = (send: ApiTarget['send']): Secrets => ({
  apiKey: () => LOCAL_API_KEY,
  aws: async () => ({ credentials: LOCAL_CREDENTIALS, region: 'us-east-1' }),
  async token(caller) {
    const [provider, groups] = caller.mode === 'oidc' ? ['oidc', []] : ['cognito', caller.groups ?? []];
    const body = JSON.stringify({ user: caller.user, groups, provider, ...caller.more });
    const response = await send('POST', '/_local/token', { 'content-type': 'application/json' }, body);
    const { token } = JSON.parse(response.body) as { token?: string };
    if (token === undefined) {
      throw new Error(`no token for ${caller.user}: ${response.body}`);
    }
    return token;
  },
});
