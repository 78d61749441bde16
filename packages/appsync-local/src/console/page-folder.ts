import { type ChildProcess, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Makes the page, in the repository: a bundle there comes without one when the page has changed (build/bundle.mjs). Not defined in the package. */
declare const PAGE_BUILDER: string | undefined;

const FOLDER = fileURLToPath(new URL('./page/', import.meta.url));

/** The folder of the built page, which is made at the first call where there is none: nobody waits for it but who opens the console. */
export class PageFolder {
  readonly #folder: string;
  #found: Promise<string> | undefined;
  #builder: ChildProcess | undefined;

  /** @param folder where it is, or will be */
  constructor(folder = FOLDER) {
    this.#folder = folder;
  }

  /** @throws what is wrong with the page's sources; the next call tries again */
  readonly find = (): Promise<string> => {
    this.#found ??= this.#make().catch((error: unknown) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  };

  close(): void {
    this.#builder?.kill();
  }

  async #make(): Promise<string> {
    const builder = typeof PAGE_BUILDER === 'string' ? PAGE_BUILDER : undefined;
    if (builder === undefined || existsSync(join(this.#folder, 'main.js'))) {
      return this.#folder;
    }
    return new Promise((resolve, reject) => {
      this.#builder = execFile(process.execPath, [builder, this.#folder], (error, _printed, said) =>
        error
          ? reject(new Error(`the console cannot be built: ${said.trim() || error.message}`))
          : resolve(this.#folder),
      );
    });
  }
}
