import { memoryRequest } from '../../../local/http/memory-request.ts';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../../local/local-credentials.ts';
import { start } from '../../../local/start.ts';
import { Mailbox } from './mailbox.ts';
import { signedHeaders } from './sign.ts';
import type { ApiTarget, Credentials } from './target.ts';

const HOST = 'localhost:4000';

/**
 * The whole local server in this process: requests and connections are plain values, no byte goes over a port.
 * `API_DYNAMODB_ENDPOINT` names another DynamoDB than the embedded one, such as DynamoDB Local.
 */
export async function memoryTarget(): Promise<ApiTarget> {
  const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
  const server = await start(
    { port: 0, reset: false, dynamoDbEndpoint: process.env.API_DYNAMODB_ENDPOINT },
    quiet,
  );

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const response = await server.handle(
      memoryRequest({ method, path, headers: { host: HOST, ...headers }, body }),
    );
    return { status: response.status, headers: lowerCase(response.headers), body: response.body.toString() };
  };

  return {
    name: 'memory',
    host: HOST,
    dynamoDbUrl: server.urls.dynamoDb,
    send,
    post: (body, headers) => send('POST', '/graphql', headers, body),
    headersFor: (credentials, body, path = '/graphql') => localHeaders(credentials, body, path, HOST, send),
    async openSocket(protocols, query = '') {
      const mailbox = new Mailbox();
      let closed: (code: number) => void = () => undefined;
      const whenClosed = new Promise<number>((resolve) => {
        closed = resolve;
      });
      const connection = server.connect(
        { url: `/graphql/realtime${query}`, headers: { host: HOST }, protocols, remoteAddress: '127.0.0.1' },
        {
          send: (frame) => mailbox.put(typeof frame === 'string' ? frame : Buffer.concat(frame).toString()),
          close: (code) => closed(code),
          bufferedBytes: () => 0,
        },
      );
      return {
        send: (message) =>
          connection.receive(typeof message === 'string' ? message : JSON.stringify(message)),
        next: (timeoutMs) => mailbox.next(timeoutMs),
        close: () => connection.closed(),
        closed: whenClosed,
      };
    },
    close: () => server.close(),
  };
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Credentials of a local server, in memory or behind a port. */
export async function localHeaders(
  credentials: Credentials,
  body: string,
  path: string,
  host: string,
  send: ApiTarget['send'],
): Promise<Record<string, string>> {
  switch (credentials.mode) {
    case 'raw':
      return credentials.headers;
    case 'apiKey':
      return { 'x-api-key': LOCAL_API_KEY };
    case 'iam':
      return signedHeaders(new URL(`http://${host}${path}`), body, LOCAL_CREDENTIALS);
    case 'user':
    case 'oidc': {
      const { user, more } = credentials;
      const [provider, groups] =
        credentials.mode === 'oidc' ? ['oidc', []] : ['cognito', credentials.groups ?? []];
      const request = JSON.stringify({ user, groups, provider, ...more });
      const response = await send('POST', '/_local/token', { 'content-type': 'application/json' }, request);
      return { authorization: (JSON.parse(response.body) as { token: string }).token };
    }
  }
}
