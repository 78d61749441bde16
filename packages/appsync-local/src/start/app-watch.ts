import { relative } from 'node:path';
import { assembliesDirectory } from '../ground/cache-directory.ts';
import { makeDirectory } from '../ground/make-directory.ts';
import type { Severity } from '../ground/severity.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { AppModel } from '../template/app-model.ts';
import type { Assembly } from '../template/assembly.ts';
import type { RebuiltCode } from '../template/synthesis/warm/messages.ts';
import type { AppState } from '../watch/app-state.ts';
import { FilesWatcher } from '../watch/files-watcher.ts';
import { type Round, Rounds } from '../watch/rounds.ts';
import { type AppFiles, openAppFiles } from './app-files.ts';
import type { AppHost } from './app-host.ts';
import type { LocalOptions } from './local-options.ts';
import type { Logs } from './logs.ts';
import { withRebuiltCode } from './rebuilt-app.ts';
import { stackOf } from './stack-of.ts';
import { whatChanged } from './what-changed.ts';

export interface AppWatchOptions {
  options: LocalOptions;
  /** The folder of the bundle that the server runs from. */
  bundle: string;
  host: AppHost;
  /** @throws StartFailure with everything of the app that cannot run here */
  read(assembly: Assembly): AppModel;
  state: AppState;
  logs: Logs;
}

/** Names that a line has room for. */
const NAMED = 3;

/** Takes in saved files of an app: runs what they make, or says why they cannot run and leaves the app as it was. */
export class AppWatch {
  readonly #options: AppWatchOptions;
  readonly #files: AppFiles;
  readonly #watcher: FilesWatcher;
  readonly #rounds = new Rounds((round) => this.#take(round));
  /** One change of the app after the other. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: AppWatchOptions) {
    this.#options = options;
    this.#files = openAppFiles(options.options, options.bundle);
    this.#watcher = new FilesWatcher({
      ...this.#files.watched,
      onSaved: (saved) => this.#rounds.add(saved),
    });
    // A first change meanwhile waits for it: there is one process.
    this.#running = this.ready.then(() => this.#files.prepare()).catch(() => undefined);
  }

  /** Resolves when saved files are noticed. */
  get ready(): Promise<void> {
    return this.#watcher.ready;
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    this.#files.close();
    await this.#rounds.close();
  }

  async #take(round: Round): Promise<void> {
    const reported = { any: false };
    try {
      await this.#running;
      const { assembly, tookIn } = await this.#files.load(round.saved, async (code) => {
        if (!round.isSuperseded()) {
          // Loading it all meets the same failure.
          await this.#run(() => this.#takeCode(code, round, reported)).catch(() => undefined);
          await this.#options.host.loaded();
        }
      });
      await this.#running;
      if (!round.isSuperseded(tookIn)) {
        await this.#run(() => this.#replace(this.#options.read(assembly), round, reported));
      }
    } catch (error) {
      if (!round.isSuperseded()) {
        this.#tellFailure(error, round);
      }
    }
  }

  #run(change: () => Promise<void>): Promise<void> {
    const running = this.#running.then(change);
    this.#running = running.catch(() => undefined);
    return running;
  }

  /** Runs code that has been built again, before the whole app is synthesized, which may take longer. */
  async #takeCode(code: RebuiltCode[], round: Round, reported: { any: boolean }): Promise<void> {
    const directory = assembliesDirectory(this.#options.options.assembly);
    makeDirectory(directory);
    const app = withRebuiltCode(this.#options.host.app, code, directory);
    if (app) {
      await this.#replace(app, round, reported);
    }
  }

  async #replace(app: AppModel, round: Round, reported: { any: boolean }): Promise<void> {
    const { host, state } = this.#options;
    const before = host.app;
    const changes = whatChanged(before, app, await host.run(app));
    state.runs(app.api.schema);
    if (changes.length > 0 || (!reported.any && !round.isFollowUp)) {
      this.#tell(round, changes.length > 0 ? `${listed(changes)} live` : 'no effect on the running app');
      reported.any = true;
    }
  }

  #tellFailure(error: unknown, round: Round): void {
    const problems = error instanceof StartFailure ? error.reasons : [stackOf(error)];
    this.#options.state.fails(problems);
    this.#tell(round, 'not applied; the previous version stays live', 'error');
    problems.forEach((problem) => this.#options.logs.line('watch', problem, { severity: 'error' }));
  }

  #tell({ saved, since }: Round, what: string, severity: Severity = 'info'): void {
    const { directory } = this.#files.watched;
    const files = listed(saved.paths.map((path) => relative(directory, path)));
    const after = `${Math.round(performance.now() - since)} ms`;
    this.#options.logs.line('watch', `${files}: ${what}, after ${after}`, { severity });
  }
}

/** `a, b, c and 4 more` */
function listed(names: string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
