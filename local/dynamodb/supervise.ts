import type { EngineProcess, Exit } from './engine-process.ts';

/** What is told about an engine that ended while the server runs. */
export interface EngineExit extends Exit {
  /** Whether another one now serves the same port and file. */
  restarted: boolean;
}

export interface Supervised {
  /** Ends the engine and starts none. */
  stop(): Promise<void>;
}

/** An engine that ends sooner than this would end again. */
const WORTH_RESTARTING_AFTER_MS = 10_000;

/**
 * Starts an engine and, whenever it ends by itself, starts it again with the same port and file: what it has
 * acknowledged is on disk, and clients only see the calls fail that were under way. One that ends within ten seconds of
 * its start is not started again.
 *
 * @param started Is told every new process.
 * @throws Error when the first start fails.
 */
export async function supervise(
  start: () => Promise<EngineProcess>,
  started: (engine: EngineProcess) => void,
  onExit: (exit: EngineExit) => void,
): Promise<Supervised> {
  let stopping = false;
  let restarting: Promise<void> | undefined;
  let engine = await launch();

  async function launch(): Promise<EngineProcess> {
    const launched = await start();
    const since = Date.now();
    started(launched);
    void launched.exited.then((exit) => {
      if (!stopping) restarting = afterExit(exit, Date.now() - since);
    });
    return launched;
  }

  async function afterExit(exit: Exit, livedMs: number): Promise<void> {
    if (livedMs < WORTH_RESTARTING_AFTER_MS) return onExit({ ...exit, restarted: false });
    try {
      engine = await launch();
      onExit({ ...exit, restarted: true });
    } catch {
      onExit({ ...exit, restarted: false });
    }
  }

  return {
    stop: async () => {
      stopping = true;
      await restarting;
      await engine.stop();
    },
  };
}
