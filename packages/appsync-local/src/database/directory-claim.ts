import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endStale, identify, isRunning, type ProcessIdentity } from '../ground/process-identity.ts';
import { StartFailure } from '../ground/start-failure.ts';

/** A data directory that this server alone may use until it releases the claim. */
export interface DirectoryClaim {
  /**
   * Records the engine on the directory, so that a later server can end it if this one is killed, and its address, so that
   * tools find it.
   */
  recordEngine(engine: { pid: number; program: string }, endpoint: string): void;
  release(): void;
}

interface ClaimRecord {
  server: ProcessIdentity;
  engine?: ProcessIdentity & { program: string };
  /** `http://127.0.0.1:PORT` of the engine. */
  endpoint?: string;
}

const CLAIM_FILE = /^server-\d+-[\w-]*\.claim$/;

/**
 * Claims a directory, so that two servers never open one database file, and ends the engine of a server that was killed. Every
 * claimant first writes a file that contains its own identity, and then looks for others: of two that start at once at least
 * one sees the other, and a dead claim can be removed by name without hitting a new one.
 *
 * @param advice about a running server, for people
 * @throws StartFailure when a running server holds the directory, or it cannot be written.
 */
export function claimDirectory(
  directory: string,
  advice = 'stop it, or pass --data DIR or --memory',
): DirectoryClaim {
  const server = identify(process.pid);
  const file = join(directory, `server-${server.pid}-${server.startTime}.claim`);
  createClaim(directory, file, server, advice);
  for (const other of listClaims(directory)) {
    if (other.file === file || endAbandoned(other)) {
      continue;
    }
    rmSync(file, { force: true });
    throw inUse(directory, holderOf(other.record), advice);
  }
  return {
    recordEngine: ({ pid, program }, endpoint) =>
      replaceFile(file, { server, engine: { ...identify(pid), program }, endpoint }),
    release: () => rmSync(file, { force: true }),
  };
}

/** Whether no running server holds the directory; ends engines that dead servers left running. */
export function isAbandoned(directory: string): boolean {
  return listClaims(directory).every(endAbandoned);
}

/** The address of the engine on a directory; null when none is running. */
export function endpointOn(directory: string): string | null {
  const running = existsSync(directory)
    ? listClaims(directory).find(({ record }) => isRunning(record.server))
    : null;
  return running?.record.endpoint ?? null;
}

function createClaim(directory: string, file: string, server: ProcessIdentity, advice: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ server } satisfies ClaimRecord), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && listClaims(directory).some((claim) => claim.file === file)) {
      throw inUse(directory, server.pid, advice);
    }
    throw new StartFailure(
      `the data directory ${directory} cannot be written (${code}); pass --data DIR or --memory`,
      { cause: error },
    );
  }
}

const inUse = (directory: string, pid: number, advice: string): StartFailure =>
  new StartFailure(`the data directory ${directory} is in use by process ${pid}; ${advice}`);

const holderOf = ({ server, engine }: ClaimRecord): number =>
  engine && !isRunning(server) ? engine.pid : server.pid;

/** Ends a dead server's engine and removes its claim. @returns false when the server or its engine is still running. */
function endAbandoned({ file, record }: { file: string; record: ClaimRecord }): boolean {
  if (isRunning(record.server)) {
    return false;
  }
  if (record.engine && !endStale(record.engine, record.engine.program)) {
    return false;
  }
  rmSync(file, { force: true });
  return true;
}

function listClaims(directory: string): { file: string; record: ClaimRecord }[] {
  return readdirSync(directory)
    .filter((name) => CLAIM_FILE.test(name))
    .flatMap((name) => readClaim(join(directory, name)));
}

function readClaim(file: string): { file: string; record: ClaimRecord }[] {
  try {
    return [{ file, record: JSON.parse(readFileSync(file, 'utf8')) as ClaimRecord }];
  } catch {
    return fromName(file);
  }
}

/** A claim that was read before its text was written, or removed meanwhile: its name contains enough. */
function fromName(file: string): { file: string; record: ClaimRecord }[] {
  const [, pid, startTime = ''] = /server-(\d+)-([\w-]*)\.claim$/.exec(file) ?? [];
  return [{ file, record: { server: { pid: Number(pid), startTime } } }];
}

function replaceFile(file: string, record: ClaimRecord): void {
  writeFileSync(`${file}.next`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
