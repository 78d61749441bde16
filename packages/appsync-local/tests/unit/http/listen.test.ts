import { once } from 'node:events';
import { Agent, get, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { StartFailure } from '../../../src/ground/start-failure.ts';
import { bindAll } from '../../../src/http/bind.ts';
import type { Listener, ListenOptions } from '../../../src/http/listen.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { TLS_HOSTS } from '../../harness/tls-hosts.ts';
import { certificate, connectRaw, listenOnAnyPort } from './harness/port.ts';

const open: Listener[] = [];

async function start(options: Partial<ListenOptions> = {}): Promise<number> {
  const listener = await listenOnAnyPort(options);
  open.push(listener);
  return listener.port;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

const post = (path: string, body: string, more = '') =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

/** Lets one side of a test wait for the other. */
function signal(): { given: Promise<void>; give(): void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}

/** Sends a request and resolves with its status, headers and text. */
function send(
  url: string,
  body = '',
  options: { ca?: string; agent?: Agent } = {},
): Promise<{ status?: number; secure: unknown; text: string }> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https') ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      ...options,
    });
    request.on('error', reject);
    request.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) {
        text += String(chunk);
      }
      resolve({ status: response.statusCode, secure: response.headers['x-secure'], text });
    });
    request.end(body);
  });
}

describe('one port', () => {
  it('serves plain HTTP on 127.0.0.1 and on ::1', async () => {
    const port = await start();

    const four = await send(`http://127.0.0.1:${port}/`, 'four');
    const six = await send(`http://[::1]:${port}/`, 'six');

    expect(four).toEqual({ status: 200, secure: 'false', text: 'four' });
    expect(six).toEqual({ status: 200, secure: 'false', text: 'six' });
  });

  it.each(TLS_HOSTS)('serves TLS on the same port to who trusts the CA (%s)', async (host) => {
    const port = await start();

    const response = await send(`https://${host}:${port}/`, 'secret', { ca: certificate.caPem });

    expect(response).toEqual({ status: 200, secure: 'true', text: 'secret' });
  });

  it('keeps a connection alive between requests', async () => {
    const port = await start();
    const client = await connectRaw(port);

    client.socket.write(post('/', 'first'));
    await client.received('first');
    client.socket.write(post('/', 'second'));
    const text = await client.received('second');

    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    client.socket.destroy();
  });

  it('answers pipelined requests in order', async () => {
    const waits: Record<string, number> = { slow: 50, quick: 0 };
    const port = await start({
      async handle(request) {
        const body = await request.body();
        await new Promise((resolve) => setTimeout(resolve, waits[body]));
        return { status: 200, headers: {}, body: `<${body}>` };
      },
    });
    const client = await connectRaw(port);

    client.socket.write(post('/', 'slow') + post('/', 'quick'));
    const text = await client.received('<quick>');

    expect(text.indexOf('<slow>')).toBeGreaterThan(0);
    expect(text.indexOf('<slow>')).toBeLessThan(text.indexOf('<quick>'));
    client.socket.destroy();
  });

  it('takes a request byte by byte', async () => {
    const port = await start();
    const client = await connectRaw(port);
    client.socket.setNoDelay(true);

    for (const byte of post('/', 'slowly')) {
      client.socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(await client.received('slowly')).toContain('HTTP/1.1 200');
    client.socket.destroy();
  });

  it('takes a TLS handshake whose first byte comes alone', async () => {
    const port = await start();
    const { socket } = await connectRaw(port);
    socket.setNoDelay(true);
    const splitting = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        socket.write(chunk.subarray(0, 1));
        setTimeout(() => socket.write(chunk.subarray(1), () => done()), 20);
      },
    });
    socket.on('data', (chunk) => splitting.push(chunk));
    const tls = connectTls({ socket: splitting, ca: certificate.caPem, servername: 'localhost' });

    tls.write(post('/', 'whole'));
    const [chunk] = (await once(tls, 'data')) as [Buffer];

    expect(String(chunk)).toContain('whole');
    socket.destroy();
  });

  it('answers a client that has closed its sending half', async () => {
    const port = await start();
    const client = await connectRaw(port);

    client.socket.end(post('/', 'half'));

    expect(await client.received('half')).toContain('HTTP/1.1 200');
  });

  it('ignores an offer of HTTP/2 that comes with a request, as Java clients send it', async () => {
    const port = await start();
    const client = await connectRaw(port);
    const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIA\r\n';

    client.socket.write(post('/', 'java', offer));
    await client.received('java');
    client.socket.write(post('/', 'again', offer));

    expect(await client.received('again')).toContain('HTTP/1.1 200');
    client.socket.destroy();
  });

  it('survives clients that talk nonsense, hang up, or fail the handshake', async () => {
    const port = await start();
    const nonsense = await connectRaw(port);
    const gone = await connectRaw(port);
    const badHandshake = await connectRaw(port);
    const reset = await connectRaw(port);

    nonsense.socket.write('\x00\x01\x02\r\n\r\n');
    gone.socket.end();
    badHandshake.socket.write('\x16nonsense');
    reset.socket.write('POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc');
    await new Promise((resolve) => setTimeout(resolve, 20));
    reset.socket.resetAndDestroy();

    expect(await nonsense.closed()).toContain('400 Bad Request');
    expect(await gone.closed()).toBe('');
    await badHandshake.closed();
    expect((await send(`http://127.0.0.1:${port}/`, 'fine')).text).toBe('fine');
  });

  it('survives a client that leaves before its answer', async () => {
    const [arrived, gone] = [signal(), signal()];
    let answered = 0;
    const port = await start({
      async handle() {
        arrived.give();
        await gone.given;
        answered++;
        return { status: 200, headers: {}, body: 'late' };
      },
    });
    const client = await connectRaw(port);

    client.socket.write(post('/', 'x'));
    await arrived.given;
    client.socket.resetAndDestroy();
    await client.closed();
    gone.give();
    await expect.poll(() => answered, PATIENCE).toBe(1);

    expect((await send(`http://127.0.0.1:${port}/`)).text).toBe('late');
  });

  it('refuses a declared body over 1 MB at once and one that grows over it, and reads on', async () => {
    const port = await start({
      handle: (request) =>
        request.body().then(
          (body) => ({ status: 200, headers: {}, body }),
          (error: { status: number; message: string }) => ({
            status: error.status,
            headers: {},
            body: error.message,
          }),
        ),
    });
    const declared = await connectRaw(port);
    const chunked = await connectRaw(port);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;

    declared.socket.write('POST / HTTP/1.1\r\nHost: l\r\nContent-Length: 1048577\r\n\r\n');
    chunked.socket.write('POST / HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let i = 0; i < 17; i++) {
      chunked.socket.write(chunk);
    }

    expect(await declared.received('send less')).toContain('HTTP/1.1 413');
    expect(await chunked.received('send less')).toContain('HTTP/1.1 413');
    declared.socket.write(`${'x'.repeat(1_048_577)}${post('/', 'next')}`);
    chunked.socket.write(`${chunk}0\r\n\r\n${post('/', 'next')}`);
    expect(await declared.received('next')).toContain('HTTP/1.1 200');
    expect(await chunked.received('next')).toContain('HTTP/1.1 200');
    declared.socket.destroy();
    chunked.socket.destroy();
  });

  it('keeps a header sent more than once apart', async () => {
    const port = await start({
      handle: async ({ headers }) => ({ status: 200, headers: {}, body: JSON.stringify(headers['x-a']) }),
    });
    const client = await connectRaw(port);

    client.socket.write('GET / HTTP/1.1\r\nHost: l\r\nX-A: 1\r\nx-a: 2\r\n\r\n');

    expect(await client.received('["1","2"]')).toContain('200');
    client.socket.destroy();
  });
});

describe('a port that cannot be had', () => {
  it('says that it is in use, by number', async () => {
    const port = await start();

    const again = listenOnAnyPort({ port });

    await expect(again).rejects.toThrow(StartFailure);
    await expect(again).rejects.toThrow(`port ${port} is in use; stop the other process or pass --port N`);
  });

  it('frees 127.0.0.1 again when ::1 is taken', async () => {
    const port = await start({ host: '::1' });

    await expect(listenOnAnyPort({ port })).rejects.toThrow(`port ${port} is in use`);
    const four = await listenOnAnyPort({ port, host: '127.0.0.1' });

    expect(four.port).toBe(port);
    await four.close();
  });

  it('says that a port is not for this user', async () => {
    const server = createServer();
    const refused = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
    server.listen = () => (queueMicrotask(() => server.emit('error', refused)), server);

    const bound = bindAll([server, createServer()], undefined, 80);

    await expect(bound).rejects.toThrow(StartFailure);
    await expect(bound).rejects.toThrow('port 80 may not be used by this user (EACCES); pass --port N');
  });

  it('says that a number is no port, and a name no host', async () => {
    await expect(listenOnAnyPort({ port: 99_999 })).rejects.toThrow('port 99999 does not exist');
    await expect(listenOnAnyPort({ host: '192.0.2.1' })).rejects.toThrow(
      '192.0.2.1 is not an address of this machine',
    );
  });
});

describe('close', () => {
  it('ends idle connections at once and frees the port', async () => {
    // Waiting for the grace would take longer than a test may.
    const listener = await listenOnAnyPort({ closeGraceMs: 600_000 });
    const agent = new Agent({ keepAlive: true });
    await send(`http://127.0.0.1:${listener.port}/`, 'x', { agent });
    const silent = await connectRaw(listener.port);

    await listener.close();

    await silent.closed();
    const next = await listenOnAnyPort({ port: listener.port });
    await next.close();
  });

  it('lets a running request finish and then ends its connection', async () => {
    const [arrived, closed] = [signal(), signal()];
    const listener = await listenOnAnyPort({
      async handle() {
        arrived.give();
        await closed.given;
        return { status: 200, headers: {}, body: 'done' };
      },
      closeGraceMs: 600_000,
    });
    const client = await connectRaw(listener.port);
    client.socket.write(post('/', ''));
    await arrived.given;

    const closing = listener.close();
    closed.give();
    const text = await client.closed();
    await closing;

    expect(text).toContain('done');
    expect(text).toContain('Connection: close');
  });

  it('waits for a request no longer than its grace', async () => {
    const arrived = signal();
    const listener = await listenOnAnyPort({
      handle() {
        arrived.give();
        return new Promise(() => undefined);
      },
      closeGraceMs: 150,
    });
    get(`http://127.0.0.1:${listener.port}/`).on('error', () => undefined);
    await arrived.given;
    const started = performance.now();

    await listener.close();

    expect(performance.now() - started).toBeGreaterThan(140);
  });
});
