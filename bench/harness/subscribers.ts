import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Audience, Burst, BurstReport } from './subscribers-worker.ts';

/** Many subscribers of one server, and the client whose mutations they hear, in a process of their own. */
export interface Subscribers {
  /** @throws when an answer or a frame was not what it has to be */
  run(burst: Burst): Promise<BurstReport>;
  stop(): void;
}

/** @throws when not all of them could subscribe */
export async function openSubscribers(audience: Audience): Promise<Subscribers> {
  const worker = fork(fileURLToPath(new URL('./subscribers-worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const ask = async <T>(order: Audience | Burst): Promise<T> => {
    const answer = once(worker, 'message') as Promise<[T | { failed: string }]>;
    worker.send(order);
    const [report] = await answer;
    if (typeof report === 'object' && report !== null && 'failed' in report) {
      throw new Error(report.failed);
    }
    return report;
  };
  try {
    await ask(audience);
  } catch (error) {
    worker.disconnect();
    throw error;
  }
  return { run: (burst) => ask<BurstReport>(burst), stop: () => worker.disconnect() };
}
