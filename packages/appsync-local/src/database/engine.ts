import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import { guardDatabase } from './database-guard.ts';
import { claimDirectory } from './directory-claim.ts';
import { type Room, watchRoom } from './disk-space.ts';
import { type EngineAddress, findEngineAddress } from './engine-address.ts';
import { PLATFORM } from './engine-binary.ts';
import { findFreePorts, isFreePort, saysPortTaken } from './free-port.ts';
import type { Launch } from './launch.ts';
import { provideEngine } from './provide-engine.ts';
import { supervise, type Supervised, wordsOf } from './supervise.ts';
import { isTableFile } from './table-files.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import { watchWrites } from './write-watch.ts';

/** A DynamoDB that belongs to this server. */
export interface Engine {
  /** `http://127.X.Y.Z:PORT`, for programs only: browsers refuse to connect to its port. */
  endpoint: string;
  /** Removes items past their time to live; absent for an engine that does so by itself. @returns how many. */
  sweepExpiredItems?: () => Promise<number>;
  /**
   * Calls a listener at each write by any client; absent for an engine without this ability. @returns a function that removes
   * the listener
   */
  watchWrites?: (onWrite: () => void) => () => void;
  /** Every response has a Content-Length. @default false */
  answersWithLength?: true;
  /** Resolves once the engine serves again after an unexpected end; at once while it serves, and after it has ended for good. */
  serving(): Promise<void>;
  /** The disk space for its file. */
  room: Room;
  /** Stops it with SIGTERM, then SIGKILL after two seconds. Removes the tables of memory mode. */
  close(): Promise<void>;
}

export type EngineOptions = (KeptTables | { memory: true }) & {
  /** The address to listen on. @default a free address that browsers refuse to connect to */
  address?: EngineAddress;
  /** Receives each line that the engine prints while it runs. */
  log: (line: string) => void;
  /**
   * Called once, with the reason, when no further call can succeed: the engine keeps ending, or its file is gone. @default it
   * is logged
   */
  failed?: (reason: string) => void;
  /** Ends a download of the engine's program at once. @default nothing does */
  signal?: AbortSignal;
};

export interface KeptTables {
  dataDirectory: string;
  /** Removes the tables in the directory first. Default false. */
  reset?: boolean;
  /** Called once no other server can use the directory, before its files are opened. @default nothing */
  claimed?: () => void;
}

/** Another program may take a free port between its choice and its use. */
const PORT_ATTEMPTS = 3;

/**
 * Starts the embedded engine (dynoxide), or DynamoDB Local where the former cannot be had (see `provideEngine`), on a data
 * directory that no other server may use meanwhile. It always ends with this process. If it ends by itself it is restarted with the same
 * port and file (see `supervise`); if its file disappears it is stopped.
 *
 * In memory mode the tables are a file in a temporary folder, in memory where the system has such a folder: only a file can
 * have the index that keeps streams fast (see `prepareDatabase`).
 *
 * @throws StartFailure when the directory is in use, the port is taken, there is no engine, or it does not start.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { launch, fixedHost } = await provideEngine(options.log, process.env, PLATFORM, options.signal);
  const temporary = 'memory' in options;
  const directory = temporary ? makeTemporaryDirectory() : resolve(options.dataDirectory);
  const claim = claimDirectory(directory);
  const leave = (): void => {
    claim.release();
    if (temporary) {
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 }); // Windows frees files a little later
    }
  };

  const failed = options.failed ?? options.log;

  try {
    if (!temporary) {
      options.claimed?.();
    }
    if (!temporary && options.reset) {
      removeTables(directory);
    }
    const place = { directory, temporary, log: options.log };
    const running = await startAt(options, fixedHost, async (address) => {
      const { start, ...launched } = await launch({ ...place, address });
      const supervised = await supervise({
        start,
        started: (engine) => claim.recordEngine(engine, endpointAt(address)),
        restarted: (exit) =>
          options.log(`the DynamoDB engine ended unexpectedly (${wordsOf(exit)}); it was started again`),
        failed,
      });
      return { supervised, ...launched };
    });
    const room = watchRoom(directory, options.log);
    return engineOf(running, room, guard(running, directory, failed), leave);
  } catch (error) {
    leave();
    throw error;
  }
}

/** By name: the directory may contain other files. */
function removeTables(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (isTableFile(name)) {
      rmSync(join(directory, name), { force: true });
    }
  }
}

const endpointAt = ({ host, port }: EngineAddress): string => `http://${host}:${port}`;

interface Running extends Omit<Awaited<ReturnType<Launch>>, 'start'> {
  address: EngineAddress;
  supervised: Supervised;
}

/** Stops an engine whose file is gone, before it acknowledges more writes. */
function guard({ databaseFile, supervised }: Running, directory: string, failed: (reason: string) => void) {
  if (databaseFile === undefined) {
    return () => {};
  }
  return guardDatabase(databaseFile, (what) => {
    supervised.kill();
    failed(`the data in ${directory} ${what} while the server ran`);
  });
}

function engineOf(running: Running, room: Room, stopGuarding: () => void, leave: () => void): Engine {
  const { address, supervised, sweepExpiredItems, databaseFile, tellsWrites, answersWithLength } = running;
  return {
    endpoint: endpointAt(address),
    ...(answersWithLength && { answersWithLength }),
    ...(sweepExpiredItems && { sweepExpiredItems }),
    ...(databaseFile &&
      tellsWrites && { watchWrites: (onWrite: () => void) => watchWrites(databaseFile, onWrite) }),
    serving: () => supervised.serving(),
    room,
    close: async () => {
      room.stop();
      stopGuarding();
      await supervised.stop();
      leave();
    },
  };
}

/** @param fixed whether the engine always listens on 127.0.0.1 */
async function startAt<T>(
  options: EngineOptions,
  fixed: boolean,
  start: (address: EngineAddress) => Promise<T>,
): Promise<T & { address: EngineAddress }> {
  const { address, log } = options;
  if (address !== undefined && !(await isFreePort(address.port, address.host))) {
    throw new StartFailure(
      `port ${address.port} for DynamoDB is taken; stop what uses it, or choose another`,
    );
  }
  for (let attempt = 1; ; attempt += 1) {
    const chosen = address ?? (await findEngineAddress(fixed)) ?? (await ordinaryAddress(log));
    try {
      return { ...(await start(chosen)), address: chosen };
    } catch (error) {
      if (error instanceof StartFailure) {
        throw error;
      }
      if (attempt === PORT_ATTEMPTS || !saysPortTaken(error)) {
        const { message } = error as Error;
        throw new StartFailure(`the DynamoDB engine did not start: ${withRemedy(message, options)}`, {
          cause: error,
        });
      }
    }
  }
}

/** SQLite's words for a file that it cannot read. */
const DAMAGED = /not a valid SQLite database|database disk image is malformed/;

const withRemedy = (message: string, options: EngineOptions): string =>
  'dataDirectory' in options && DAMAGED.test(message)
    ? `${message}; the tables in ${options.dataDirectory} are damaged: restore a snapshot with data restore NAME, or pass --reset to start over without them`
    : message;

async function ordinaryAddress(log: (line: string) => void): Promise<EngineAddress> {
  log(
    'web pages can reach the DynamoDB engine: all ports that browsers refuse are taken; stop other servers and start again',
  );
  const [port] = await findFreePorts(1);
  return { host: '127.0.0.1', port: port! };
}
