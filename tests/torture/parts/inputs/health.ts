import type { Findings } from '../../findings.ts';
import { eventually } from '../../harness/patience.ts';
import type { Victim } from '../../harness/victim.ts';

/** Sockets of the server's own work: its 64 connections to the engine, those of functions, and of a client that may come again. */
const SLACK = 100;

/** A stack trace, which a server prints only for its own mistakes. */
const TRACE = /^.*\n(?:\s+at .+\n)+/m;

/** What a server must still be after whatever it was sent. */
export interface Health {
  /** Waits until it has let go of what it held for others. */
  compare(): Promise<void>;
}

/** @returns compares with now */
export async function checkHealth(victim: Victim, findings: Findings): Promise<Health> {
  const isLinux = process.platform === 'linux';
  const before = isLinux ? victim.descriptors : 0;
  return {
    async compare() {
      if (!victim.isRunning) {
        return findings.problem('wrong', 'the server ended', `${String(await victim.ended)}\n${victim.log}`);
      }
      const trace = TRACE.exec(victim.log)?.[0];
      if (trace !== undefined) {
        findings.problem('wrong', 'the server printed a stack trace', trace);
      }
      if (!isLinux) {
        return;
      }
      if (!(await eventually(() => victim.descriptors <= before + SLACK, 30_000))) {
        findings.problem(
          'wrong',
          'the server keeps connections or files open',
          `${before}, then ${victim.descriptors}`,
        );
      }
      findings.count('MB of memory at the end', victim.memoryMb);
    },
  };
}
