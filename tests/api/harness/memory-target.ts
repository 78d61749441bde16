import { memoryRequest } from '../../../packages/appsync-local/src/http/memory-request.ts';
import type { Javascript } from '../../../packages/appsync-local/src/runtime/javascript.ts';
import { start } from '../../../packages/appsync-local/src/start/start.ts';
import { keptCode } from '../../../packages/appsync-local/tests/harness/kept-code.ts';
import { localSecrets } from '../../../packages/appsync-local/tests/harness/local-secrets.ts';
import { Mailbox } from '../../../packages/appsync-local/tests/harness/mailbox.ts';
import { httpHeaders, realtimeHeadersOf } from '../../../packages/appsync-local/tests/harness/secrets.ts';
import type { ApiTarget } from '../../../packages/appsync-local/tests/harness/target.ts';

const HOST = 'localhost:4000';

/**
 * The whole local server in this process: requests and connections are plain values, no byte goes over a port.
 * `API_DYNAMODB_ENDPOINT` names another DynamoDB than the embedded one, such as DynamoDB Local; `API_JAVASCRIPT` is the server's
 * `--javascript`.
 */
export async function memoryTarget(): Promise<ApiTarget> {
  const refusals: string[] = [];
  let lacksGrant = false;
  const refused = (line: string): void => {
    lacksGrant = true;
    refusals.push(line);
  };
  const quiet = {
    progress: () => undefined,
    line: (source: string, line: string) => void (source === 'iam' && refused(line)),
    lambda: () => undefined,
  };
  const javascript = process.env.API_JAVASCRIPT as Javascript | undefined;
  const server = await start(
    {
      port: 0,
      reset: false,
      dynamoDbEndpoint: process.env.API_DYNAMODB_ENDPOINT,
      javascript,
      expirySweepMs: 1000,
      translations: await keptCode(javascript),
    },
    quiet,
  );

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const response = await server.handle(
      memoryRequest({ method, path, headers: { host: HOST, ...headers }, body }),
    );
    return { status: response.status, headers: lowerCase(response.headers), body: response.body.toString() };
  };

  const secrets = localSecrets(send);
  const at = (path: string): URL => new URL(path, `http://${HOST}`);
  return {
    name: 'memory',
    host: HOST,
    shared: false,
    itemsTable: { endpoint: server.urls.dynamoDb },
    send,
    post: (body, headers) => send('POST', '/graphql', headers, body),
    headersFor: (caller, body, path = '/graphql') => httpHeaders(secrets, caller, body, at(path)),
    realtimeHeadersFor: (caller, body, path = '/graphql') =>
      realtimeHeadersOf(secrets, caller, body, at(path)),
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
    grants: () => server.grants(),
    refusals: () => refusals.splice(0),
    lacksGrant: () => lacksGrant,
    close: () => server.close(),
  };
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
