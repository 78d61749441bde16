/** Longest wait for a message that must come: shorter than a test may take, so that the message is what is missed. */
const PATIENCE_MS = 15_000;

/** Messages in the order they came, for whoever asks next. */
export class Mailbox {
  readonly #waiting: ((text: string) => void)[] = [];
  readonly #arrived: string[] = [];

  put(text: string): void {
    const taker = this.#waiting.shift();
    if (taker) {
      taker(text);
    } else {
      this.#arrived.push(text);
    }
  }

  async next(timeoutMs = PATIENCE_MS): Promise<Record<string, unknown>> {
    const text = this.#arrived.shift() ?? (await this.#arrival(timeoutMs));
    return JSON.parse(text) as Record<string, unknown>;
  }

  #arrival(timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const taker = (text: string): void => {
        clearTimeout(timer);
        resolve(text);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(taker), 1);
        reject(new Error(`no message within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.push(taker);
    });
  }
}
