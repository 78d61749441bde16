import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server.ts';

/** CPU time in 200 ms below which a server counts as done, in µs, and how often to look. */
const QUIET_US = 20_000;
const LOOK_MS = 200;
const LOOKS = 150;

/** Waits for what the requests left to do, half a minute at most. */
export async function untilQuiet(server: Server): Promise<void> {
  let last = await server.cpu();
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep(LOOK_MS);
    const now = await server.cpu();
    if (now - last < QUIET_US) {
      return;
    }
    last = now;
  }
  throw new Error(`the server was still at work ${(LOOKS * LOOK_MS) / 1000} s after the requests`);
}
