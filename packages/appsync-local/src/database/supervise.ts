import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineProcess, Exit } from './engine-process.ts';

/** Callbacks about an engine that ended while the server runs and was restarted. */
export type EngineExit = Exit;

export interface Supervised {
  /** Resolves once an engine serves, or none will any more; at once while one does. */
  serving(): Promise<void>;
  /** Ends the engine and starts none. */
  stop(): Promise<void>;
  /** Ends it at once, so that it acknowledges nothing more, and starts none. */
  kill(): void;
}

export interface SupervisionOptions {
  start: () => Promise<EngineProcess>;
  /** Called with each new process. */
  started: (engine: EngineProcess) => void;
  /** Called when an engine ended by itself and another one serves in its place. */
  restarted: (exit: EngineExit) => void;
  /** Called once with the reason when no engine will serve any more. */
  failed: (reason: string) => void;
}

/** An engine that ends sooner than this has served nobody. */
const SERVED_AFTER_MS = 1_000;
/** Starts in a row after which none has served: another one would end the same way. */
const MOST_STARTS = 5;
/** Before the second start in a row, and each further one. */
const PAUSE_MS = 500;

/**
 * Starts an engine and, whenever it ends by itself, starts it again with the same port and file: what it has
 * acknowledged is on disk, and clients only see the calls fail that were under way. One that ends at once again and again, or
 * cannot be started any more, is given up, for a server without a database can only fail.
 *
 * @throws Error when the first start fails.
 */
export async function supervise({
  start,
  started,
  restarted,
  failed,
}: SupervisionOptions): Promise<Supervised> {
  let stopping = false;
  let killed = false;
  let restarting: Promise<void> | undefined;
  let starts = 0;
  let engine = await launch();

  async function launch(): Promise<EngineProcess> {
    const launched = await start();
    started(launched);
    const since = Date.now();
    void launched.exited.then((exit) => {
      if (Date.now() - since >= SERVED_AFTER_MS) {
        starts = 0;
      }
      if (!stopping) {
        restarting = afterEnd(exit);
      }
    });
    return launched;
  }

  async function afterEnd(exit: Exit): Promise<void> {
    let why = wordsOf(exit);
    while (starts < MOST_STARTS) {
      if (starts > 0) {
        await sleep(PAUSE_MS);
      }
      if (stopping) {
        return;
      }
      starts += 1;
      try {
        engine = await launch();
        return killed ? engine.kill() : restarted(exit);
      } catch (error) {
        why = (error as Error).message;
      }
    }
    failed(
      `the DynamoDB engine keeps ending: it was started ${starts} times in a row and ended at once (${why})`,
    );
  }

  return {
    serving: async () => restarting,
    stop: async () => {
      stopping = true;
      await restarting;
      await engine.stop();
    },
    kill: () => {
      stopping = killed = true;
      engine.kill();
    },
  };
}

/** `SIGKILL`, or `exit code 1`. */
export const wordsOf = ({ code, signal }: Exit): string => signal ?? `exit code ${code}`;
