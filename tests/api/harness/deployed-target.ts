import { signedHeaders } from './sign.ts';
import { openSocket } from './port-target.ts';
import type { ApiTarget, Credentials } from './target.ts';

/**
 * A deployed API. `API_URL` is its GraphQL endpoint, `API_KEY` its key, `API_REALTIME_URL` its real-time endpoint;
 * IAM credentials come from the environment as the AWS CLI reads them, user tokens from `API_TOKEN_<USER>`.
 */
export async function deployedTarget(url: string): Promise<ApiTarget> {
  const endpoint = new URL(url);

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const response = await fetch(new URL(path, endpoint), { method, headers, body });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };

  return {
    name: url,
    host: endpoint.host,
    realtimeUrl: process.env.API_REALTIME_URL,
    send,
    post: (body, headers) =>
      send('POST', endpoint.pathname, { 'content-type': 'application/json', ...headers }, body),
    headersFor: (credentials, body, path = endpoint.pathname) =>
      deployedHeaders(credentials, body, new URL(path, endpoint)),
    openSocket: (protocols, query = '') => openSocket(`${required('API_REALTIME_URL')}${query}`, protocols),
    close: async () => undefined,
  };
}

async function deployedHeaders(
  credentials: Credentials,
  body: string,
  url: URL,
): Promise<Record<string, string>> {
  switch (credentials.mode) {
    case 'raw':
      return credentials.headers;
    case 'apiKey':
      return { 'x-api-key': required('API_KEY') };
    case 'iam':
      return signedHeaders(
        url,
        body,
        {
          accessKeyId: required('AWS_ACCESS_KEY_ID'),
          secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
          sessionToken: process.env.AWS_SESSION_TOKEN,
        },
        required('AWS_REGION'),
      );
    case 'user':
      return { authorization: required(`API_TOKEN_${credentials.user.toUpperCase()}`) };
    case 'oidc':
      return { authorization: required(`API_OIDC_TOKEN_${credentials.user.toUpperCase()}`) };
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`set ${name} to test the API at API_URL`);
  }
  return value;
}
