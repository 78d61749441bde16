import type { Contender } from '../contenders.ts';
import type { LoadReport } from '../harness/load-worker.ts';
import type { ChildrenCpu } from '../harness/process-cpu.ts';
import type { Server } from '../harness/server.ts';

export type Operation = 'put' | 'get';
export const OPERATIONS: Operation[] = ['put', 'get'];

export interface Running extends Contender {
  server: Server;
}

/** What one round of one contender came to. */
export interface Sample extends LoadReport {
  label: string;
  operation: Operation;
  connections: number;
  round: number;
  cpuPerRequest: number;
  /** µs of CPU for each request, of what the server has started; where Linux tells it, and work goes on after the answer. */
  children?: ChildrenCpu;
}

/** What to ask of a contender. */
export const order = ({ server, headers, constant }: Running, operation: Operation, connections: number) => ({
  url: server.url,
  headers: headers ?? {},
  constant: constant === true,
  operation,
  connections,
});

/** The number of connections that targets are about. */
export const middleOf = (counts: number[]): number => (counts.includes(16) ? 16 : counts[0]!);
