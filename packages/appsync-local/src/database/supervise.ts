import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineProcess, Exit } from './engine-process.ts';

/** Callbacks about an engine that ended while the server runs and was restarted. */
export type EngineExit = Exit;

export interface Supervised {
  /** Resolves once an engine serves, or never will again; at once while one does. */
  serving(): Promise<void>;
  /** Ends the engine for good. */
  stop(): Promise<void>;
  /** Ends it at once and for good, so that it acknowledges nothing more. */
  kill(): void;
}

export interface SupervisionOptions {
  start: () => Promise<EngineProcess>;
  /** Called with each new process. */
  started: (engine: EngineProcess) => void;
  /** Called when an engine has ended by itself and another one serves in its place. */
  restarted: (exit: EngineExit) => void;
  /** Called once, with the reason, when no engine will serve any more. */
  failed: (reason: string) => void;
}

/** An engine that ends sooner than this has not served any request. */
const SERVED_AFTER_MS = 1_000;
/** Starts in a row without service after which a further one would end the same way. */
const MOST_STARTS = 5;
/** Before the second start in a row, and each later one. */
const PAUSE_MS = 500;

/**
 * Starts an engine and restarts it, with the same port and file, whenever it ends by itself: what it has acknowledged is on
 * disk, and clients only see running calls fail. Gives up an engine that repeatedly ends at once, or cannot be started any
 * more, since a server without a database can only fail.
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
      `the DynamoDB engine does not stay up: it was started ${starts} times in a row and ended at once (${why})`,
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
