import { test } from 'vitest';
import { Copy, type Outcome, succeeds } from './copy.ts';

/** Only to end what hangs: a busy machine takes ten times as long as an idle one. */
const PATIENCE_MS = 900_000;

/** What an adopter does in a copy, step by step. */
export interface Adopter {
  copy: Copy;
  /** A step that must end well; its time is printed. @returns what it printed */
  does(what: string, run: () => Promise<Outcome>): Promise<string>;
  /** A step that must be refused; what it prints has each of the reasons. */
  isRefused(what: string, run: () => Promise<Outcome>, ...reasons: string[]): Promise<void>;
}

/** A test that does something to a copy of the project, and says after each step how long it took. */
export function adopt(name: string, body: (adopter: Adopter) => Promise<void>): void {
  test(name, { timeout: PATIENCE_MS }, async () => {
    const timed = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
      const started = Date.now();
      try {
        return await run();
      } finally {
        console.log(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
      }
    };
    const copy = await timed('copy', async () => new Copy());
    try {
      await timed('all', () =>
        body({
          copy,
          does: (what, run) => timed(what, () => succeeds(what, run())),
          isRefused: (what, run, ...reasons) => timed(what, () => refused(what, run(), reasons)),
        }),
      );
    } finally {
      copy.delete();
    }
  });
}

async function refused(what: string, run: Promise<Outcome>, reasons: readonly string[]): Promise<void> {
  const { code, output } = await run;
  if (code === 0) {
    throw new Error(`${what} ended well in the copy, and should have been refused: ${reasons.join('; ')}`);
  }
  const missing = reasons.filter((reason) => !output.includes(reason));
  if (missing.length > 0) {
    throw new Error(`${what} was refused in the copy, but not with "${missing.join('", "')}":\n${output}`);
  }
}
