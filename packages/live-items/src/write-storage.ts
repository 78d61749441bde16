import { ApiError, asApiError } from './api-error.ts';

/** `localStorage`, `AsyncStorage` of React Native, or anything that keeps texts by name. */
export interface WriteStorage {
  getItem(name: string): string | null | Promise<string | null>;
  setItem(name: string, text: string): unknown;
  removeItem(name: string): unknown;
}

/** Keeps a list of values in a storage, one change after the other. */
export class KeptList<Value> {
  readonly #storage: WriteStorage | undefined;
  readonly #name: string;
  readonly #failed: (reason: ApiError) => void;
  #last: Promise<unknown> = Promise.resolve();

  /** @param storage none: nothing is kept */
  constructor(storage: WriteStorage | undefined, name: string, failed: (reason: ApiError) => void) {
    this.#storage = storage;
    this.#name = name;
    this.#failed = failed;
  }

  /** What was kept; empty where it cannot be read, which is then kept beside, under the name with `.unreadable`. */
  async read(isValue: (value: unknown) => value is Value): Promise<Value[]> {
    try {
      const text = (await this.#storage?.getItem(this.#name)) ?? '[]';
      const values = parsed(text);
      if (Array.isArray(values) && values.every(isValue)) {
        return values;
      }
      await this.#storage?.setItem(`${this.#name}.unreadable`, text);
      throw new ApiError(
        `the writes kept under ${this.#name} cannot be read; they are under ${this.#name}.unreadable now`,
        'none',
      );
    } catch (error) {
      this.#failed(asApiError(error));
      return [];
    }
  }

  /** Reports a storage that fails; the values go on in memory. */
  write(values: readonly Value[]): Promise<void> {
    const storage = this.#storage;
    if (!storage) {
      return Promise.resolve();
    }
    const text = JSON.stringify(values);
    const isEmpty = values.length === 0;
    const written = this.#last.then(async () => {
      try {
        await (isEmpty ? storage.removeItem(this.#name) : storage.setItem(this.#name, text));
      } catch (error) {
        this.#failed(asApiError(error));
      }
    });
    this.#last = written;
    return written;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
