import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadReport } from './load-worker.ts';

/** Makes requests from a process of its own, so that its CPU time is nobody else's. */
export interface Load {
  /** @throws when an answer was not what it has to be */
  run(order: LoadOrder): Promise<LoadReport>;
  stop(): void;
}

export function startLoad(): Load {
  const worker: ChildProcess = fork(fileURLToPath(new URL('./load-worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  return {
    async run(order) {
      const answer = once(worker, 'message') as Promise<[LoadReport | { wrong: string }]>;
      worker.send(order);
      const [report] = await answer;
      if ('wrong' in report) {
        throw new Error(report.wrong);
      }
      return report;
    },
    stop: () => worker.disconnect(),
  };
}
