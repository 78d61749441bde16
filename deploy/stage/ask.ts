import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { DeployFailure } from '../deploy-failure.ts';

/** The variable that stands in for a person who types a password. */
export const PASSWORD = 'STAGE_PASSWORD';

/**
 * Asks hidden questions on the terminal, on standard error. From its beginning to its end the terminal shows nothing of what is typed. Lines
 * that are typed ahead or pasted together answer the questions in order.
 */
export class HiddenPrompt {
  readonly #lines: Interface | undefined;
  readonly #answers: AsyncIterator<string> | undefined;
  #isAsking = false;

  /** Without a terminal it opens nothing, and every question is refused. */
  constructor() {
    if (!process.stdin.isTTY) {
      return;
    }
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    // Without a history, in which the arrow keys would find the last password.
    this.#lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
    this.#answers = this.#lines[Symbol.asyncIterator]();
    this.#lines.on('SIGINT', () => this.#interrupt());
  }

  /** @throws DeployFailure where nobody can be asked and `STAGE_PASSWORD` is not set */
  password(question: string): Promise<string> {
    return Promise.resolve(process.env[PASSWORD] || this.ask(question, PASSWORD));
  }

  /**
   * @param variable what to set instead, for the message
   * @throws DeployFailure without a terminal, and after Ctrl-C or Ctrl-D
   */
  async ask(question: string, variable?: string): Promise<string> {
    if (!this.#answers) {
      const instead = variable === undefined ? '' : `, and ${variable} is not set`;
      throw new DeployFailure(`there is no terminal here to ask for the ${question.toLowerCase()}${instead}`);
    }
    process.stderr.write(`${question}: `);
    this.#isAsking = true;
    const { value, done } = await this.#answers.next();
    this.#isAsking = false;
    process.stderr.write('\n');
    if (done) {
      throw new DeployFailure(`stopped: no ${question.toLowerCase()} was given`);
    }
    return value;
  }

  /** Gives the terminal back. */
  close(): void {
    this.#lines?.close();
  }

  /** Reading keys takes Ctrl-C from the terminal, which would end the process; while it waits for AWS it still must. */
  #interrupt(): void {
    this.close();
    if (!this.#isAsking) {
      process.kill(process.pid, 'SIGINT');
    }
  }
}
