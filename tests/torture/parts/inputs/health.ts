import type { Findings } from '../../findings.ts';
import { eventually } from '../../harness/patience.ts';
import type { Victim } from '../../harness/victim.ts';

/** Sockets of the server's own work: its 64 connections to the engine, those of functions, and of a client that may come again. */
const SLACK = 100;

/** Pings find a dead peer after a minute at the latest. */
const LET_GO_MS = 90_000;

/** A stack trace, which a server prints only for its own mistakes. */
const TRACE = /^.*\n(?:\s+at .+\n)+/m;

/** What a server must still be after whatever it was sent. */
export interface Health {
  /** Reports that the server has ended, or has failed in a way that its log shows. */
  checkAlive(): void;
  /** Waits until it has let go of what it held for others. */
  checkLetGo(): Promise<void>;
}

/** @returns compares with now */
export function watchHealth(victim: Victim, findings: Findings): Health {
  const isLinux = process.platform === 'linux';
  const before = isLinux ? victim.descriptors : 0;
  return {
    checkAlive() {
      if (!victim.isRunning) {
        findings.problem('wrong', 'the server ended', victim.log);
      }
      const trace = TRACE.exec(victim.log)?.[0];
      if (trace !== undefined) {
        findings.problem('wrong', 'the server printed a stack trace', trace);
      }
    },
    async checkLetGo() {
      if (!isLinux) {
        return;
      }
      if (!(await eventually(() => victim.descriptors <= before + SLACK, LET_GO_MS))) {
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
