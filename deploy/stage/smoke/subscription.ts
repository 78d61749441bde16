import { once } from 'node:events';
import WebSocket from 'ws';
import type { TypedDocumentString } from '../../../schema/generated/operations.ts';
import { PATIENCE_MS, type Target, Unexpected } from './api.ts';

interface Message {
  type: string;
  payload?: unknown;
}

/**
 * Subscribes in AppSync's protocol, in which the authorization goes base64url-encoded among the subprotocols, and again with
 * `start` (AppSync developer guide, "Building a real-time WebSocket client").
 */
export class Subscription<Result> {
  readonly #socket: WebSocket;
  readonly #arrived: Message[] = [];
  readonly #signal = AbortSignal.timeout(PATIENCE_MS);

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text) => {
      this.#arrived.push(JSON.parse(String(text)) as Message);
      socket.emit('arrival');
    });
  }

  /** @throws Unexpected where the connection or the subscription is refused, or takes longer than 30 s */
  static async open<Result, Variables>(
    { graphqlUrl, realtimeUrl, headers }: Target,
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Subscription<Result>> {
    const authorization = { host: new URL(graphqlUrl).host, ...headers };
    const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
    const socket = new WebSocket(realtimeUrl, ['graphql-ws', `header-${header}`]);
    const subscription = new Subscription<Result>(socket);
    await subscription.#within(once(socket, 'open', { signal: subscription.#signal }));
    subscription.#send({ type: 'connection_init' });
    await subscription.#next('connection_ack');
    const data = JSON.stringify({ query: String(document), variables });
    subscription.#send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
    await subscription.#next('start_ack');
    return subscription;
  }

  /** The next event. @throws Unexpected where none comes within 30 s of the subscription */
  async event(): Promise<Result> {
    const { payload } = await this.#next('data');
    return (payload as { data: Result }).data;
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The next message but keep-alives. @throws Unexpected where it is of another type */
  async #next(type: string): Promise<Message> {
    for (;;) {
      const message = this.#arrived.shift();
      if (message === undefined) {
        await this.#within(once(this.#socket, 'arrival', { signal: this.#signal }));
      } else if (message.type === type) {
        return message;
      } else if (message.type !== 'ka') {
        throw new Unexpected(`expected ${type}, got ${JSON.stringify(message)}`);
      }
    }
  }

  async #within(arrival: Promise<unknown>): Promise<void> {
    await arrival.catch((error: Error) => {
      this.close();
      throw new Unexpected(
        error.name === 'AbortError' ? `nothing came within ${PATIENCE_MS / 1000} s` : error.message,
      );
    });
  }
}
