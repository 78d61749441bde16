import { type Dispatcher, Pool } from 'undici';
import { unreachable } from './dynamodb-error.ts';
import { type Answer, ANSWER_TIMEOUT_MS, CONNECTIONS, type Exchange } from './exchange.ts';

/** For any DynamoDB, over undici's lowest interface: `request` makes a stream of every response. */
export function httpExchange({ origin }: URL): Exchange {
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        pool.dispatch({ path: '/', method: 'POST', headers, body }, new Receiver(resolve, reject));
      }),
    close: () => pool.destroy(),
  };
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: Error) => void;
  #statusCode = 0;
  #requestId = '';
  #chunks: Buffer[] = [];

  constructor(resolve: (answer: Answer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onConnect(): void {}

  onHeaders(statusCode: number, headers: Buffer[]): boolean {
    this.#statusCode = statusCode;
    if (statusCode !== 200) {
      this.#requestId = requestIdIn(headers);
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    const chunks = this.#chunks;
    const body = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString();
    this.#resolve({ statusCode: this.#statusCode, requestId: this.#requestId, body });
  }

  onError(error: Error): void {
    this.#reject(unreachable(error));
  }
}

function requestIdIn(headers: Buffer[]): string {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]!.toString().toLowerCase() === 'x-amzn-requestid') {
      return headers[i + 1]!.toString();
    }
  }
  return '';
}
