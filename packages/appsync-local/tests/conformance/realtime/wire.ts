import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import WebSocket from 'ws';
import { Mailbox } from '../../harness/mailbox.ts';
import { apiKey, type Credentials } from '../../harness/target.ts';
import type { ConformanceApi } from '../check.ts';

/** How a client hands over its credentials: the three ways of the developer guide. */
export type Delivery = 'subprotocol' | 'query' | 'headers';

export interface DialOptions {
  /** @default those of the API key */
  credentials?: Credentials;
  /** @default 'subprotocol' */
  delivery?: Delivery;
  /** Instead of the real-time endpoint's own. */
  path?: string;
  /** TLS where the endpoint is plain; its certificate is not looked at. @default false */
  tls?: boolean;
  /** Instead of what `delivery` makes. */
  protocols?: string[];
  /** Instead of what `delivery` makes; begins with `?`. */
  query?: string;
  /** More headers of the upgrade request. */
  headers?: Record<string, string>;
}

export type Frame = Record<string, unknown>;

/** A socket as a check sees it. */
export interface Wire {
  webSocket: WebSocket;
  send(message: unknown): void;
  /** The next frame, whatever it is. @throws Error when none comes in time */
  frame(timeoutMs?: number): Promise<Frame>;
  /** The next frame that is no keep-alive. */
  next(timeoutMs?: number): Promise<Frame>;
  /** Sends a `start`, which is authorized as told. @default the API key */
  start(id: string, query: string, variables?: unknown, credentials?: Credentials): Promise<void>;
  /** Sends a `start` that has to be acknowledged. */
  subscribe(id: string, query: string, variables?: unknown, credentials?: Credentials): Promise<void>;
  /** The payload of the next frame, which has to be `data`. */
  data(timeoutMs?: number): Promise<Frame>;
  /** The code the socket was closed with, whoever did it. */
  closed: Promise<number>;
  close(): void;
}

export const base64Url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** The header object that real-time clients connect with: the host of the GraphQL endpoint, and who calls. */
export const headerObject = (
  { target }: ConformanceApi,
  credentials: Credentials = apiKey,
): Promise<Record<string, string>> => target.realtimeHeadersFor(credentials, '{}', '/graphql/connect');

export function realtimeUrl(
  { target }: ConformanceApi,
  options: Pick<DialOptions, 'path' | 'tls' | 'query'>,
): URL {
  assert.ok(target.realtimeUrl, 'the target has no real-time URL');
  const url = new URL(`${target.realtimeUrl}${options.query ?? ''}`);
  if (options.path) {
    url.pathname = options.path;
  }
  if (options.tls) {
    url.protocol = 'wss:';
  }
  return url;
}

async function offerOf(api: ConformanceApi, options: DialOptions) {
  const header = await headerObject(api, options.credentials);
  const delivery = options.delivery ?? 'subprotocol';
  const escaped = encodeURIComponent(base64(header));
  return {
    protocols:
      options.protocols ??
      (delivery === 'subprotocol' ? ['graphql-ws', `header-${base64Url(header)}`] : ['graphql-ws']),
    query: options.query ?? (delivery === 'query' ? `?header=${escaped}&payload=e30%3D` : ''),
    headers: { ...(delivery === 'headers' ? header : {}), ...options.headers },
  };
}

/** Opens a socket. @throws Error when the handshake is refused */
export async function dial(api: ConformanceApi, options: DialOptions = {}): Promise<Wire> {
  const { protocols, query, headers } = await offerOf(api, options);
  const mailbox = new Mailbox();
  const webSocket = new WebSocket(realtimeUrl(api, { ...options, query }), protocols, {
    headers,
    rejectUnauthorized: !options.tls,
  });
  webSocket.on('message', (data) => mailbox.put(String(data)));
  const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
  await new Promise((resolve, reject) => {
    webSocket.once('open', resolve);
    webSocket.on('error', reject);
  });
  return wireOf(api, webSocket, mailbox, closed);
}

function wireOf(api: ConformanceApi, webSocket: WebSocket, mailbox: Mailbox, closed: Promise<number>): Wire {
  const wire: Wire = {
    webSocket,
    closed,
    close: () => webSocket.close(),
    send: (message) => webSocket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    frame: (timeoutMs) => mailbox.next(timeoutMs),
    async next(timeoutMs) {
      const frame = await mailbox.next(timeoutMs);
      return frame.type === 'ka' ? wire.next(timeoutMs) : frame;
    },
    async start(id, query, variables, credentials = apiKey) {
      const data = JSON.stringify({ query, variables });
      const authorization = await api.target.realtimeHeadersFor(credentials, data);
      wire.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
    },
    async subscribe(id, query, variables, credentials) {
      await wire.start(id, query, variables, credentials);
      const { type, ...rest } = await wire.next();
      assert.deepEqual({ type, id: rest.id }, { type: 'start_ack', id }, JSON.stringify({ type, ...rest }));
    },
    async data(timeoutMs) {
      const frame = await wire.next(timeoutMs);
      assert.equal(frame.type, 'data', JSON.stringify(frame));
      return frame.payload as Frame;
    },
  };
  return wire;
}

/** Opens a connection and waits for its ack and the keep-alive right after it. */
export async function open(api: ConformanceApi, options: DialOptions = {}): Promise<Wire> {
  const wire = await dial(api, options);
  wire.send({ type: 'connection_init' });
  const ack = await wire.frame();
  assert.equal(ack.type, 'connection_ack', JSON.stringify(ack));
  return wire;
}

/** A connection with one subscription of the id `s`. */
export async function subscribed(
  api: ConformanceApi,
  query: string,
  variables?: unknown,
  credentials?: Credentials,
): Promise<Wire> {
  const wire = await open(api);
  await wire.subscribe('s', query, variables, credentials);
  return wire;
}

/** Runs with something that is closed in any case. */
export async function using<Result>(
  opening: Promise<Wire>,
  run: (wire: Wire) => Promise<Result>,
): Promise<Result> {
  const wire = await opening;
  try {
    return await run(wire);
  } finally {
    wire.webSocket.terminate();
  }
}

/** What a server answers to an upgrade; `socket` only where it agreed. */
export interface UpgradeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  socket?: Duplex;
}

const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** An upgrade request just as written, for what no WebSocket library would send. */
export function upgrade(
  api: ConformanceApi,
  options: { path?: string; query?: string; headers?: Record<string, string> },
): Promise<UpgradeAnswer> {
  const url = realtimeUrl(api, options);
  const send = url.protocol === 'wss:' ? httpsRequest : httpRequest;
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  return new Promise((resolve, reject) => {
    const request = send(url, { headers: { ...HANDSHAKE, ...options.headers }, agent: false });
    request.once('error', reject);
    request.once('upgrade', ({ statusCode, headers }, socket, head) => {
      socket.unshift(head);
      resolve({ status: statusCode ?? 0, headers, socket });
    });
    request.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    request.end();
  });
}

let count = 0;

/** A value that no other check of this run uses, so that an event is nobody else's. */
export const unique = (name = 'm'): string =>
  `${name}-${process.pid.toString(36)}-${Date.now().toString(36)}-${(count += 1)}`;

/** Everything of a message that has no resolver. */
export const ALL_FIELDS =
  'id room text likes score urgent tags numbers kind meta authors { name } ' +
  'author { name city team { name company { name country { name } } } }';

/** Publishes a message with all its fields selected, unless told otherwise. */
export const publish = (
  api: ConformanceApi,
  message: Record<string, unknown>,
  selection = ALL_FIELDS,
): Promise<unknown> =>
  api.succeed(`mutation ($message: AWSJSON!) { publish(message: $message) { ${selection} } }`, {
    message: JSON.stringify(message),
  });

/** The ids of the messages that arrive up to and with the one that is known to come. */
export async function idsUntil(wire: Wire, field: string, last: string): Promise<string[]> {
  const ids: string[] = [];
  while (ids.at(-1) !== last) {
    const { data } = (await wire.data()) as { data: Record<string, { id: string }> };
    ids.push(data[field]!.id);
  }
  return ids;
}

/** The entries of a frame's `payload.errors`. */
export const errorsOf = (frame: Frame): Frame[] => (frame.payload as { errors: Frame[] }).errors;

/** A connection that says this much and no more. */
export function halfOpen(api: ConformanceApi, text: string): { socket: Socket; connected: Promise<void> } {
  const { hostname, port } = realtimeUrl(api, {});
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  const connected = new Promise<void>((resolve) =>
    socket.once('connect', () => socket.write(text, () => resolve())),
  );
  return { socket, connected };
}

/** A value as the literal of an AWSJSON argument in a document: JSON of its JSON. */
export const jsonLiteral = (value: unknown): string => JSON.stringify(JSON.stringify(value));
