/** Remembers a limited number of values; the oldest go first. */
export class Remembered {
  readonly #values = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  has(value: string): boolean {
    return this.#values.has(value);
  }

  add(value: string): void {
    this.#values.add(value);
    if (this.#values.size > this.#most) {
      this.#values.delete(this.#values.values().next().value!);
    }
  }
}
