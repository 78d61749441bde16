import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headersOfUser, OUR_HEADERS, startOurs } from '../harness/ours.ts';
import { cpuOf } from '../harness/process-cpu.ts';
import type { Server } from '../harness/server.ts';
import { OWNER } from './items.ts';

/** A server of ours on tables of one size. */
export interface Place {
  /** Where it stands on the x axis. */
  size: number;
  items: number;
  payloadBytes: number;
  server: Server;
  /** From spawn to the line that says it is ready. */
  startMs: number;
  headers: { apiKey: Record<string, string>; owner: Record<string, string> };
  /** CPU of the DynamoDB engine, in µs. */
  engineCpu(): number;
  /** Resident memory in bytes. */
  memory(): { server: number; engine: number };
  stop(): Promise<void>;
}

export async function startPlace(
  directory: string,
  { size, items, payloadBytes }: Pick<Place, 'size' | 'items' | 'payloadBytes'>,
): Promise<Place> {
  const begun = performance.now();
  const server = await startOurs(['--data', directory]);
  const startMs = performance.now() - begun;
  try {
    const { engine, own } = processes(join(directory, 'dynamodb'));
    return {
      size,
      items,
      payloadBytes,
      server,
      startMs,
      headers: { apiKey: OUR_HEADERS, owner: await headersOfUser(server.url, OWNER) },
      engineCpu: () => cpuOf(engine),
      memory: () => ({ server: residentBytes(own), engine: residentBytes(engine) }),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The server writes down which engine runs on its tables (`packages/appsync-local/src/database/directory-claim.ts`). */
function processes(directory: string): { own: number; engine: number } {
  const claim = readdirSync(directory).find((name) => name.endsWith('.claim'));
  const { server, engine } = JSON.parse(readFileSync(join(directory, claim!), 'utf8')) as {
    server: { pid: number };
    engine: { pid: number };
  };
  return { own: server.pid, engine: engine.pid };
}

function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}
