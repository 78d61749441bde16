import assert from 'node:assert/strict';
import { base64Url, nextButKeepAlive } from '../../harness/client.ts';
import type { Credentials, ErrorEntry, TestSocket } from '../../harness/target.ts';
import type { ConformanceApi } from '../check.ts';

export const raw = (headers: Record<string, string>): Credentials => ({ mode: 'raw', headers });
export const token = (authorization: string): Credentials => raw({ authorization });

interface Answer {
  status: number;
  errorType: string | undefined;
  body: unknown;
}

/** Sends a query as somebody, and tells all that a refusal is made of. */
export async function ask(api: ConformanceApi, query: string, credentials: Credentials): Promise<Answer> {
  const body = JSON.stringify({ query });
  const response = await api.target.post(body, await api.target.headersFor(credentials, body));
  return {
    status: response.status,
    errorType: response.headers['x-amzn-errortype'],
    body: JSON.parse(response.body) as unknown,
  };
}

export type Refusal = [status: number, errorType: string, message: string | RegExp];

const UNAUTHORIZED = 'UnauthorizedException';
export const MISSING: Refusal = [401, UNAUTHORIZED, 'Valid authorization header not provided.'];
export const NOT_AUTHORIZED: Refusal = [401, UNAUTHORIZED, 'You are not authorized to make this call.'];
export const EXPIRED: Refusal = [401, UNAUTHORIZED, 'Token has expired.'];
export const UNPARSABLE: Refusal = [401, UNAUTHORIZED, 'Unable to parse JWT token.'];

/** The request is answered with exactly this refusal: status, header and body. */
export async function refused(
  api: ConformanceApi,
  credentials: Credentials,
  [status, errorType, message]: Refusal,
  query = '{ __typename }',
): Promise<void> {
  const answer = await ask(api, query, credentials);
  const said = (answer.body as { errors?: ErrorEntry[] }).errors?.[0]?.message ?? '';
  if (message instanceof RegExp) {
    assert.match(said, message);
  }
  const text = message instanceof RegExp ? said : message;
  assert.deepEqual(answer, { status, errorType, body: { errors: [{ errorType, message: text }] } });
}

/** The data of a query that must be admitted, errors or not. */
export async function dataOf(
  api: ConformanceApi,
  query: string,
  credentials: Credentials,
): Promise<Record<string, unknown>> {
  const { status, body } = await ask(api, query, credentials);
  const { data, errors } = body as { data?: Record<string, unknown>; errors?: unknown };
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(data, JSON.stringify(errors));
  return data;
}

/** `ctx.identity` as the field `identity` tells it. */
export const identityOf = async (
  api: ConformanceApi,
  credentials: Credentials,
): Promise<Record<string, unknown>> =>
  JSON.parse(String((await dataOf(api, '{ identity }', credentials))['identity'])) as Record<string, unknown>;

/** The entry for a refused field. */
export const refusedField = (type: string, field: string, path: string[], line = 1, column = 3) => ({
  path,
  data: null,
  errorType: 'Unauthorized',
  errorInfo: null,
  locations: [{ line, column, sourceName: null }],
  message: `Not Authorized to access ${field} on type ${type}`,
});

/** The same in the refusal of a `start`, which has type and message alone (aws-amplify/amplify-js#12679). */
export function refusedStart(type: string, field: string) {
  const { errorType, message } = refusedField(type, field, []);
  return { errorType, message };
}

/** What the server says to `connection_init` with these credentials. */
export async function connectAs(
  api: ConformanceApi,
  credentials: Credentials,
): Promise<{ socket: TestSocket; answer: Record<string, unknown> }> {
  const header = base64Url(await api.target.realtimeHeadersFor(credentials, '{}', '/graphql/connect'));
  const socket = await api.target.openSocket(['graphql-ws', `header-${header}`]);
  socket.send({ type: 'connection_init' });
  return { socket, answer: await socket.next() };
}

/** What the server says to a `start` on a connection of the API key or of `connection`. */
export async function startAs(
  api: ConformanceApi,
  query: string,
  credentials: Credentials,
  connection: Credentials = credentials,
): Promise<Record<string, unknown>> {
  const { socket, answer } = await connectAs(api, connection);
  try {
    assert.equal(answer.type, 'connection_ack', JSON.stringify(answer));
    const data = JSON.stringify({ query });
    const authorization = await api.target.realtimeHeadersFor(credentials, data);
    socket.send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
    return await nextButKeepAlive(socket);
  } finally {
    socket.close();
  }
}

/** The connection is refused with exactly this error. */
export async function connectionRefused(
  api: ConformanceApi,
  credentials: Credentials,
  [errorCode, errorType, message]: Refusal,
): Promise<void> {
  const { socket, answer } = await connectAs(api, credentials);
  socket.close();
  const errors = [{ errorType, message, errorCode }];
  assert.deepEqual(answer, { type: 'connection_error', payload: { errors } });
}
