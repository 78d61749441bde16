import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TypeFindings } from './findings.ts';
import { remember } from './type-check.ts';

const PROGRAM = 'type-check-thread.js';

/**
 * Type-checks code in a thread while the calling thread does other work, and remembers the findings in the calling thread,
 * where `check` looks for them. One thread is enough: a second one would have to load TypeScript for itself, which takes as
 * long as it would save.
 */
export class CheckThread {
  readonly #worker: Worker;
  /** Resolves when the thread has ended, for whatever reason. */
  readonly #ended: Promise<void>;

  /**
   * Starts the thread, which loads TypeScript at once.
   * @param bundle the folder of the bundle that the server runs from
   */
  constructor(bundle: string) {
    this.#worker = new Worker(join(bundle, PROGRAM), { execArgv: [] });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    // A failure of the thread is not reported here: the check in the calling thread meets the same one.
    this.#worker.on('error', () => undefined).unref();
  }

  /** Never rejects: the caller checks for itself what the thread could not. */
  async check(texts: readonly string[]): Promise<void> {
    const answered = new Promise<TypeFindings[]>((resolve) => this.#worker.once('message', resolve));
    this.#worker.postMessage(texts);
    const findings = await Promise.race([answered, this.#ended]);
    findings?.forEach((found, index) => remember(texts[index]!, found));
  }

  close(): void {
    void this.#worker.terminate();
  }
}
