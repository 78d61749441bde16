import { Unresolvable } from './intrinsics.ts';

/** Reads every value once, and detects a value that depends on itself. */
export class Once {
  readonly #values = new Map<string, unknown>();
  readonly #underWay = new Set<string>();

  /** @throws Unresolvable when the value depends on itself */
  read<T>(key: string, read: () => T): T {
    if (this.#values.has(key)) {
      return this.#values.get(key) as T;
    }
    if (this.#underWay.has(key)) {
      throw new Unresolvable(`it refers to itself through ${key}`);
    }
    this.#underWay.add(key);
    try {
      const value = read();
      this.#values.set(key, value);
      return value;
    } finally {
      this.#underWay.delete(key);
    }
  }
}
