import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type FSWatcher, watch } from 'chokidar';
import { ownOutputs } from '../ground/own-outputs.ts';
import type { SavedFiles } from './saved-files.ts';

export interface FilesWatcherOptions {
  /** Absolute; paths are relative to it. */
  directory: string;
  /** Files and folders to watch. @default the directory */
  roots?: string[];
  /** Whether a path, with `/`, is of no interest, with everything below it. */
  ignores(path: string): boolean;
  /** Whether a file is of interest. @default all that are not ignored */
  includes?(path: string): boolean;
  /** File descriptors that this process prints to. @default standard output and standard error */
  outputs?: readonly number[];
  /** Called when files have been saved and no more follow. */
  onSaved(saved: SavedFiles): void;
}

/** Milliseconds of silence after a save: editors write a file in several steps. */
const SETTLE_MS = 15;
/** Milliseconds of silence after many saves, or as many as they have taken so far: tools such as `git switch` pause in between. */
const SETTLE_MANY_MS = { least: 150, most: 1_000 };
/** Files from which on saves are many. */
const MANY = 4;

/** Reports saved files of a folder with changed contents, all at once when no more follow. */
export class FilesWatcher {
  readonly #options: FilesWatcherOptions;
  readonly #watcher: FSWatcher;
  /** Resolves when every folder is watched. */
  readonly ready: Promise<void>;
  /** Paths with events since the last call; true for those that came or went. */
  readonly #touched = new Map<string, boolean>();
  /** Each line about a change would be the next change. */
  readonly #isOutput: (path: string) => boolean;
  readonly #contents = new Map<string, string | null>();
  /** Of the first of them, by `performance.now()`. */
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FilesWatcherOptions) {
    this.#options = options;
    const { directory, outputs } = options;
    this.#isOutput = ownOutputs(outputs);
    this.#watcher = watch(options.roots ?? [directory], {
      ignoreInitial: true,
      ignored: (path) => path.length > directory.length && options.ignores(this.#relative(path)),
    });
    this.ready = new Promise((resolve) => this.#watcher.once('ready', resolve));
    this.#watcher
      .on('change', (path) => this.#touch(path, false))
      .on('add', (path) => this.#touch(path, true))
      .on('unlink', (path) => this.#touch(path, true))
      .on('error', () => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  #relative(path: string): string {
    return path.slice(this.#options.directory.length + 1).replaceAll('\\', '/');
  }

  #touch(path: string, cameOrWent: boolean): void {
    if (this.#options.includes?.(this.#relative(path)) === false || this.#isOutput(path)) {
      return;
    }
    this.#touched.set(path, this.#touched.get(path) === true || cameOrWent);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#settle(), this.#silence());
  }

  #silence(): number {
    if (this.#touched.size === 1) {
      this.#since = performance.now();
    }
    if (this.#touched.size < MANY) {
      return SETTLE_MS;
    }
    const { least, most } = SETTLE_MANY_MS;
    return Math.min(Math.max(performance.now() - this.#since, least), most);
  }

  async #settle(): Promise<void> {
    const touched = [...this.#touched];
    this.#touched.clear();
    const changes = await Promise.all(touched.map(([path]) => this.#hasChanged(path)));
    const changed = touched.filter((_, index) => changes[index]);
    if (changed.length > 0 && !this.#isClosed) {
      this.#options.onSaved({
        paths: changed.map(([path]) => path),
        cameOrWent: changed.some(([, cameOrWent]) => cameOrWent),
      });
    }
  }

  /** Whether a file has other contents than when it was looked at last. */
  async #hasChanged(path: string): Promise<boolean> {
    const content = await readFile(path).catch(() => null);
    const hash = content && createHash('sha256').update(content).digest('base64');
    const before = this.#contents.get(path);
    this.#contents.set(path, hash);
    return before !== hash;
  }
}
