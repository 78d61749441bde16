import { once } from 'node:events';
import WebSocket from 'ws';
import { base64Url } from '../../../../packages/appsync-local/tests/harness/client.ts';
import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import type { Client } from '../../harness/client.ts';
import { inTime } from '../../harness/patience.ts';
import { hostileJson } from '../../hostile/json-texts.ts';
import { hostileText } from '../../hostile/texts.ts';
import { hostileDocument } from './documents.ts';

/** How long a connection is listened to after the last frame. */
const QUIET_MS = 150;
/** Frames over one connection. */
const FRAMES = 12;

const FIELDS = ['onItemChange', 'onPutItem', 'onUpdateItem', 'onDeleteItem'];

/** What came back over a connection. */
export interface Heard {
  sent: string;
  frames: string[];
}

/** Opens a connection, right or wrong, and sends what nobody would. */
export async function provoke(client: Client, random: Random): Promise<Heard> {
  const caller = random.oneOf(client.callers);
  const { target } = client;
  const credentials = await caller.credentials();
  const header = base64Url(await target.realtimeHeadersFor(credentials, '{}', '/graphql/connect'));
  const [protocols, query] = random.chance(0.6)
    ? [['graphql-ws', `header-${header}`], '']
    : handshake(header, random);
  const authorization = await target.realtimeHeadersFor(credentials, '{}');
  const heard: Heard = { sent: `${protocols.join()} ${query}`, frames: [] };
  const socket = open(`${target.realtimeUrl!}${query}`, protocols);
  if (socket === null) {
    return heard;
  }
  socket.on('message', (data) => heard.frames.push(String(data)));
  socket.on('unexpected-response', (_, response) => {
    heard.frames.push(`HTTP ${response.statusCode}`);
    socket.terminate();
  });
  socket.on('error', () => undefined); // `close` follows
  const closed = once(socket, 'close').catch(() => undefined);
  await inTime(Promise.race([once(socket, 'open').catch(() => undefined), closed]), 'a WebSocket handshake');
  if (socket.readyState !== WebSocket.OPEN) {
    return heard;
  }
  if (random.chance(0.8)) {
    socket.send('{"type":"connection_init"}');
  }
  for (let count = random.below(FRAMES); count > 0; count -= 1) {
    const frame = hostileFrame(authorization, random);
    heard.sent += `\n${String(frame).slice(0, 500)}`;
    socket.send(frame, () => undefined);
  }
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, QUIET_MS))]);
  end(socket, random);
  return heard;
}

/** Some names of protocols cannot even be sent. */
function open(url: string, protocols: string[]): WebSocket | null {
  try {
    return new WebSocket(url, protocols);
  } catch {
    return null;
  }
}

function handshake(header: string, random: Random): [string[], string] {
  const text = encodeURIComponent(hostileText(random).slice(0, 2000).replace(/[\ud800-\udfff]/g, '')); // oxfmt-ignore
  return random.oneOf<[string[], string]>([
    [[], ''],
    [['graphql-ws'], ''],
    [['graphql-transport-ws', `header-${header}`], ''],
    [['graphql-ws', 'header-e30'], ''],
    [['graphql-ws', `header-${header.slice(0, random.below(header.length))}`], ''],
    [['graphql-ws', 'header-bnVsbA'], ''],
    [['graphql-ws', 'header-W10'], ''],
    [['graphql-ws'], `?header=${header}&payload=e30=`],
    [['graphql-ws'], `?header=${text}&payload=${text}`],
    [['graphql-ws'], '?header=e30&header=e30&payload=e30'],
    [['graphql-ws'], `?${'a=b&'.repeat(2000)}`],
  ]);
}

function hostileFrame(authorization: object, random: Random): string | Buffer {
  const id = random.oneOf<unknown>(['1', '1', '2', '', null, 5, {}, 'a'.repeat(5000), undefined]);
  const type = random.oneOf([
    'start',
    'start',
    'start',
    'stop',
    'connection_init',
    'connection_terminate',
    'ka',
    'data',
    '__proto__',
    '',
    null,
  ]);
  const data = JSON.stringify({
    query: random.oneOf([hostileDocument(random), subscription(random), subscription(random)]),
    variables: random.oneOf([undefined, {}, null, [], { a: 1 }]),
  });
  const payload = random.oneOf<unknown>([
    { data, extensions: { authorization } },
    { data, extensions: { authorization } },
    {
      data,
      extensions: {
        authorization: random.oneOf([null, {}, [], 'a', { 'x-api-key': 1 }, { Authorization: {} }]),
      },
    },
    { data, extensions: null },
    {
      data: random.oneOf([null, 5, {}, '', '{', 'null', hostileJson(random).slice(0, 5000)]),
      extensions: { authorization },
    },
    null,
    'a',
    [],
  ]);
  switch (random.below(8)) {
    case 0:
      return hostileJson(random);
    case 1:
      return hostileText(random);
    case 2:
      return Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256)));
    default:
      return JSON.stringify({ id, type, payload });
  }
}

function subscription(random: Random): string {
  const text = JSON.stringify(hostileText(random).slice(0, 600));
  const field = random.oneOf(FIELDS);
  const operator = random.oneOf(['eq', 'ne', 'in', 'beginsWith', 'nope']);
  const given = random.oneOf([
    '',
    `(filter: { id: { ${operator}: ${random.oneOf([text, `[${text}]`, `[${`${text}, `.repeat(20)}]`, 'null', '[]'])} } })`,
    `(filter: { kind: { ${operator}: ${text} }, id: { ne: ${text} } })`,
    `(id: ${text})`,
    `(kind: ${text}, id: null)`,
  ]);
  return `subscription { ${field}${given} { id } }`;
}

/** In order, at once, or without a word. */
function end(socket: WebSocket, random: Random): void {
  if (random.chance(0.3)) {
    socket.close(random.oneOf([1000, 3000, 4999]), 'torture');
  } else {
    socket.terminate();
  }
}
