import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { engineExchange } from '../../../src/database/engine-exchange.ts';
import type { Exchange } from '../../../src/database/exchange.ts';

const HEADERS = ['x-amz-target', 'DynamoDB_20120810.GetItem'];

const answer = (body: string, head = 'HTTP/1.1 200 OK'): string =>
  `${head}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

interface Listening {
  exchange: Exchange;
  /** What came over all connections. */
  requests: string[];
  /** Of the connections, in their order. */
  sockets: Socket[];
}

/** An engine that does with each request what it is told to. */
async function listening(
  respond: (socket: Socket, request: string) => void,
  timeoutMs?: number,
): Promise<Listening> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const request = chunk.toString();
      requests.push(request);
      respond(socket, request);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const exchange = engineExchange(new URL(`http://127.0.0.1:${port}`), timeoutMs);
  onTestFinished(async () => {
    await exchange.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return { exchange, requests, sockets };
}

/** An engine that closes the connection of so many requests, and answers those after them. */
function failingAtFirst(failures: number): Promise<Listening> {
  let left = failures;
  return listening((socket) => {
    left -= 1;
    if (left >= 0) {
      socket.destroy();
    } else {
      socket.write(answer('{}'));
    }
  });
}

const bodyOf = (request: string): string => request.slice(request.indexOf('\r\n\r\n') + 4);

test('sends a request of HTTP/1.1 in one piece, its length in bytes', async () => {
  const { exchange, requests } = await listening((socket) => socket.write(answer('{}')));

  await exchange.post(HEADERS, '{"ü":"…"}');

  expect(requests).toEqual([
    expect.stringMatching(
      /^POST \/ HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\nx-amz-target: DynamoDB_20120810\.GetItem\r\ncontent-length: 12\r\n\r\n\{"ü":"…"\}$/,
    ),
  ]);
});

describe('an answer', () => {
  const text = JSON.stringify({ Item: { id: { S: 'Grüße 👋 …' } } });

  test('has its status, and for an error the request id', async () => {
    const { exchange } = await listening((socket) =>
      socket.write(answer('{}', 'HTTP/1.1 400 Bad Request\r\nX-Amzn-RequestId: ABC')),
    );

    expect(await exchange.post(HEADERS, '')).toMatchObject({ statusCode: 400, requestId: 'ABC', body: '{}' });
  });

  test('has its headers as they came', async () => {
    const head = 'HTTP/1.1 200 OK\r\nX-Amz-Crc32: 17';
    const { exchange } = await listening((socket) => socket.write(answer('{}', head)));

    expect((await exchange.post(HEADERS, '')).head).toContain(head);
  });

  test('may come a byte at a time', async () => {
    const { exchange } = await listening(async (socket) => {
      for (const byte of Buffer.from(answer(text))) {
        socket.write(Buffer.of(byte));
        await sleep(0);
      }
    });

    expect(await exchange.post(HEADERS, '')).toMatchObject({ statusCode: 200, requestId: '', body: text });
    expect(await exchange.post(HEADERS, '')).toMatchObject({ statusCode: 200, requestId: '', body: text });
  });

  test('may be larger than what is read at once, and a small one may follow it', async () => {
    const large = JSON.stringify({ text: 'ü'.repeat(700_000) });
    const { exchange } = await listening((socket, request) =>
      socket.write(answer(bodyOf(request) === 'large' ? large : 'small')),
    );

    expect((await exchange.post(HEADERS, 'large')).body).toBe(large);
    expect((await exchange.post(HEADERS, 'small')).body).toBe('small');
  });

  test('is not mistaken for what is left of one before it', async () => {
    const { exchange } = await listening((socket, request) => {
      if (bodyOf(request) === 'first') {
        return socket.write(answer('x'.repeat(300)));
      }
      const later = answer('later');
      socket.write(later.slice(0, 20));
      setTimeout(() => socket.write(later.slice(20)), 20);
    });

    await exchange.post(HEADERS, 'first');

    expect((await exchange.post(HEADERS, 'second')).body).toBe('later');
  });
});

describe('connections', () => {
  test('are kept, and each has one request at a time', async () => {
    const { exchange, sockets } = await listening((socket, request) =>
      setTimeout(() => socket.write(answer(bodyOf(request))), 5),
    );

    const together = await Promise.all(['a', 'b', 'c'].map((body) => exchange.post(HEADERS, body)));
    await exchange.post(HEADERS, 'd');

    expect(together.map(({ body }) => body)).toEqual(['a', 'b', 'c']);
    expect(sockets).toHaveLength(3);
  });

  test('stay for as long as nobody asks', async () => {
    const { exchange, sockets } = await listening((socket) => socket.write(answer('{}')), 30);
    await exchange.post(HEADERS, '');
    await sleep(100);

    await exchange.post(HEADERS, '');

    expect(sockets).toHaveLength(1);
  });

  test('are 64 at most; what is more waits its turn', async () => {
    const { exchange, sockets } = await listening((socket, request) => socket.write(answer(bodyOf(request))));
    const bodies = Array.from({ length: 500 }, (_, index) => `${index}`);

    const answers = await Promise.all(bodies.map((body) => exchange.post(HEADERS, body)));

    expect(answers.map(({ body }) => body)).toEqual(bodies);
    expect(sockets).toHaveLength(64);
  });

  test('that the engine closed are not used again', async () => {
    const { exchange, sockets } = await listening((socket) => socket.write(answer('{}')));
    await exchange.post(HEADERS, '');

    sockets[0]!.destroy();
    await sleep(20);

    expect((await exchange.post(HEADERS, '')).body).toBe('{}');
    expect(sockets).toHaveLength(2);
  });

  test('that failed do not count', async () => {
    const { exchange } = await failingAtFirst(100);

    for (let call = 0; call < 100; call += 1) {
      await expect(exchange.post(HEADERS, '')).rejects.toThrow();
    }

    expect((await exchange.post(HEADERS, '')).body).toBe('{}');
  });

  test('that fail fail their own request, and leave what waits to a new one', async () => {
    const { exchange } = await failingAtFirst(64);

    const calls = Array.from({ length: 80 }, () => exchange.post(HEADERS, ''));
    const settled = await Promise.allSettled(calls);

    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(64);
  });
});

describe('a request fails', () => {
  const message = (reason: string) => ({
    name: 'DynamoDbException',
    message: `DynamoDB cannot be reached: ${reason}`,
    statusCode: 0,
  });

  test.each<[string, (socket: Socket) => void]>([
    ['before', (socket) => socket.destroy()],
    ['within', (socket) => socket.end(answer('{"Item"').slice(0, -2))],
  ])('when the connection is closed %s its answer', async (_when, respond) => {
    const { exchange } = await listening(respond);

    await expect(exchange.post(HEADERS, '')).rejects.toMatchObject(
      message('the connection was closed before it answered'),
    );
  });

  test('when no answer comes in time', async () => {
    const { exchange } = await listening(() => undefined, 50);

    await expect(exchange.post(HEADERS, '')).rejects.toMatchObject(message('it did not answer in time'));
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
    ['another version of HTTP', answer('{}', 'HTTP/1.0 200 OK')],
    ['without a length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['longer than it says', `${answer('{}')}more`],
  ])('when the answer is %s', async (_what, text) => {
    const { exchange, sockets } = await listening((socket) => socket.write(text));

    await expect(exchange.post(HEADERS, '')).rejects.toMatchObject(
      message('what it answered was not understood'),
    );
    await once(sockets[0]!, 'close');
  });

  test('when it is closed, also what has yet to be sent', async () => {
    const { exchange } = await listening(() => undefined);
    const calls = Array.from({ length: 70 }, () => exchange.post(HEADERS, ''));
    const settled = Promise.allSettled([...calls]);
    await sleep(20);

    await exchange.close();

    for (const one of await settled) {
      expect(one).toMatchObject({ status: 'rejected', reason: message('the server is stopping') });
    }
    await expect(exchange.post(HEADERS, '')).rejects.toMatchObject(message('the server is stopping'));
  });
});

test('what nobody asked for closes the connection', async () => {
  const { exchange, sockets } = await listening((socket) => socket.write(answer('{}')));
  await exchange.post(HEADERS, '');

  sockets[0]!.write(answer('{}'));
  await once(sockets[0]!, 'close');

  expect((await exchange.post(HEADERS, '')).body).toBe('{}');
});
