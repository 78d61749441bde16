import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';
import { localSecrets } from './local-secrets.ts';
import { Mailbox } from './mailbox.ts';
import { httpHeaders, realtimeHeadersOf } from './secrets.ts';
import type { ApiTarget } from './target.ts';

export interface ServerProcess {
  process: ChildProcess;
  /** `http://localhost:PORT`. */
  origin: string;
  /** What it printed until it was ready. */
  output: string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Starts the command people start, and waits for its `Ready` line. */
export function startServer(args: string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['packages/appsync-local/bin/appsync-local.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`exit code ${code}: ${errors}`)));
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const url = /GraphQL URL\s+(http:\S+)\/graphql/.exec(output);
      if (url && /^Ready/m.test(output)) {
        resolve({ process: child, origin: url[1]!, output, stop: (signal) => stop(child, signal) });
      }
    });
  });
}

function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(child.exitCode);
  }
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/**
 * The server as people run it, over a real port.
 * @param args more options, such as `--app DIR`
 */
export async function portTarget(...args: string[]): Promise<ApiTarget> {
  return targetOf(await startServer(['--port', '0', '--memory', ...args]));
}

/** A server that runs, as callers see it. */
export function targetOf(server: ServerProcess): ApiTarget {
  const { host } = new URL(server.origin);

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const response = await fetch(`${server.origin}${path}`, { method, headers, body });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };

  const secrets = localSecrets(send);
  const at = (path: string): URL => new URL(path, server.origin);
  return {
    name: 'port',
    host,
    realtimeUrl: `ws://${host}/graphql/realtime`,
    shared: false,
    send,
    post: (body, headers) =>
      send('POST', '/graphql', { 'content-type': 'application/json', ...headers }, body),
    headersFor: (caller, body, path = '/graphql') => httpHeaders(secrets, caller, body, at(path)),
    realtimeHeadersFor: (caller, body, path = '/graphql') =>
      realtimeHeadersOf(secrets, caller, body, at(path)),
    openSocket: (protocols, query = '') => openSocket(`ws://${host}/graphql/realtime${query}`, protocols),
    close: async () => {
      await server.stop();
    },
  };
}

export async function openSocket(url: string, protocols: string[]): ReturnType<ApiTarget['openSocket']> {
  const mailbox = new Mailbox();
  const socket = new WebSocket(url, protocols);
  socket.on('message', (data) => mailbox.put(String(data)));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: (timeoutMs) => mailbox.next(timeoutMs),
    close: () => socket.close(),
    closed,
  };
}
