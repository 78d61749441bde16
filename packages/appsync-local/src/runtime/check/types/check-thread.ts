import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TypeFindings } from './findings.ts';
import { remember } from './type-check.ts';

const PROGRAM = 'type-check-thread.js';

/**
 * A thread that type-checks code while this one does something else; what it finds is remembered here, where `check` asks for it. One
 * is enough: a second would have to load TypeScript for itself, which takes as long as it would save.
 */
export class CheckThread {
  readonly #worker: Worker;
  /** Resolves when it has ended, for whatever reason. */
  readonly #ended: Promise<void>;

  /**
   * Starts it; it loads TypeScript at once.
   * @param bundle the folder of the bundle that the server runs from
   */
  constructor(bundle: string) {
    this.#worker = new Worker(join(bundle, PROGRAM), { execArgv: [] });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    // What it fails of, whoever asks for the check then meets as well.
    this.#worker.on('error', () => undefined).unref();
  }

  /** Never fails: what the thread has not checked is checked by whoever asks for it. */
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
