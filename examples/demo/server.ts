import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DemoFailure } from './failure.ts';

/** What `npm start -- --port 0 --memory` runs: any free port, and no data kept. */
export const SERVER_ARGUMENTS = ['packages/appsync-local/bin/appsync-local.mjs', '--port', '0', '--memory'];

/** A server that synthesizes starts in about 2 s here; a slow machine that is busy takes many times that. */
const READY_WITHIN_MS = 60_000;

/** Longest wait for a server to have started, and then from SIGTERM to SIGKILL. It gives its own engine two seconds. */
const STOP_WITHIN_MS = 8_000;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a client needs to know of a server. */
export interface Urls {
  graphql: string;
  realtime: string;
  apiKey: string;
}

/** The tour's own server, a child process. */
export interface Server {
  /** The URLs it printed, once it is ready. Rejects with DemoFailure when it does not come to that. */
  ready: Promise<Urls>;
  /** Never resolves; rejects with DemoFailure when the server ends without having been asked to. */
  died: Promise<never>;
  /** Resolves when no process of it is left. Stopping it again waits for the same end. */
  stop(): Promise<void>;
}

/** Starts the server; `ready` tells when it may be used. */
export function startServer(): Server {
  const child = spawn(process.execPath, SERVER_ARGUMENTS, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C in the terminal reaches the tour alone, which stops the server in order and once
  });
  const reason = remember(child);
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const died = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new DemoFailure(`the server did not start: ${error.message}`)));
    child.once('close', (code, signal) => {
      const end = signal ? `by ${signal}` : `with exit code ${code}: ${reason()}`;
      reject(new DemoFailure(`the server ended ${end}`));
    });
  });
  died.catch(() => undefined); // after stop() it is meant to end
  const ready = Promise.race([printedUrls(child), died]);
  ready.catch(() => undefined); // whoever waits for it is told; nobody has to
  let stopped: Promise<void> | undefined;
  const stopOnce = (): Promise<void> => (stopped ??= stop(child, settled(ready), gone));
  return { ready, died, stop: stopOnce };
}

/** @throws DemoFailure when there is no `Ready` line within a minute */
function printedUrls({ stdout }: ChildProcess): Promise<Urls> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DemoFailure(`the server was not ready within ${READY_WITHIN_MS / 1000} s`)),
      READY_WITHIN_MS,
    );
    timer.unref();
    let output = '';
    stdout?.on('data', (chunk) => {
      output += String(chunk);
      const urls = urlsIn(output);
      if (urls) {
        clearTimeout(timer);
        resolve(urls);
      }
    });
  });
}

/** What a server has printed, each on a line of its own, once it printed its `Ready` line; null as long as it has not. */
export function urlsIn(output: string): Urls | null {
  const graphql = /^GraphQL URL\s+(\S+)$/m.exec(output)?.[1];
  const realtime = /^Realtime URL\s+(\S+)$/m.exec(output)?.[1];
  const apiKey = /^API key\s+(\S+)$/m.exec(output)?.[1];
  return graphql && realtime && apiKey && /^Ready/m.test(output) ? { graphql, realtime, apiKey } : null;
}

/** Keeps the end of stderr, where a server that cannot go on says why. */
function remember({ stderr }: ChildProcess): () => string {
  let tail = '';
  stderr?.on('data', (chunk) => (tail = (tail + String(chunk)).slice(-8_000)));
  return () => lastWords(tail);
}

/** The reason among a process's last lines: the last one that is no part of a stack trace or of an object printed. */
export const lastWords = (output: string): string =>
  output.split('\n').findLast((line) => /^[^\s}]/.test(line) && !line.startsWith('Node.js v')) ??
  'it gave no reason';

/** Resolves when the server is ready or will never be. */
const settled = (ready: Promise<unknown>): Promise<void> =>
  ready.then(
    () => undefined,
    () => undefined,
  );

/**
 * A server that is still starting does not yet heed signals: one that came between the start of its DynamoDB engine
 * and that of the engine's watcher left the engine behind (seen 2026-11-23). So it is let start first, within reason.
 */
async function stop(child: ChildProcess, started: Promise<void>, gone: Promise<void>): Promise<void> {
  await Promise.race([started, delay(STOP_WITHIN_MS, undefined, { ref: false })]);
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(insist);
}
