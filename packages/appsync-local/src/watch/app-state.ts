import { createHash } from 'node:crypto';

/** How things stand with the app, for the console's page. */
export interface AppStateText {
  /** Differs whenever anything else does. */
  version: number;
  /** A hash of the API's schema. */
  schema: string;
  /** Why the files as they are do not run, line by line; the version before goes on. Empty while they run. */
  problems: readonly string[];
}

/** The state of the app that a server watches, and whoever waits for another one. */
export class AppState {
  #state: AppStateText;
  readonly #waiting = new Set<() => void>();

  /** @param sdl of the API's schema */
  constructor(sdl: string) {
    this.#state = { version: 1, schema: hashOf(sdl), problems: [] };
  }

  get now(): AppStateText {
    return this.#state;
  }

  runs(sdl: string): void {
    this.#set({ schema: hashOf(sdl), problems: [] });
  }

  fails(problems: readonly string[]): void {
    this.#set({ schema: this.#state.schema, problems });
  }

  /** Resolves with the state as soon as its version is another one, or when the time is up. */
  async after(version: number, withinMs: number): Promise<AppStateText> {
    if (version === this.#state.version) {
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, withinMs);
        this.#waiting.add(end);
      });
    }
    return this.#state;
  }

  /** Answers whoever waits. */
  close(): void {
    this.#waiting.forEach((end) => end());
  }

  #set(next: Omit<AppStateText, 'version'>): void {
    const { version, ...before } = this.#state;
    if (JSON.stringify(before) !== JSON.stringify(next)) {
      this.#state = { version: version + 1, ...next };
      this.close();
    }
  }
}

const hashOf = (sdl: string): string => createHash('sha256').update(sdl).digest('base64url').slice(0, 16);
