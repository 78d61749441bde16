import { once } from 'node:events';
import WebSocket from 'ws';
import { base64Url } from '../../../packages/appsync-local/tests/harness/client.ts';
import type { ApiTarget } from '../../../packages/appsync-local/tests/harness/target.ts';
import type { Caller } from './callers.ts';
import { inTime } from './patience.ts';

/** A message of the protocol. */
export interface Frame {
  type: string;
  id?: string;
  payload?: { data?: Record<string, unknown> | null; errors?: unknown };
}

/** A real-time connection that hands on every frame as it comes. */
export class Listener {
  readonly #target: ApiTarget;
  readonly #caller: Caller;
  readonly #socket: WebSocket;
  readonly #onFrame: (frame: Frame, text: string) => void;
  /** Waits for the answer to a `start`, by its id; to `connection_init` by the empty text. */
  readonly #waiting = new Map<string, (frame: Frame) => void>();

  /**
   * An acknowledged connection.
   *
   * @param onFrame gets every frame, those that answer included
   * @throws Error when the server does not take it
   */
  static async open(
    target: ApiTarget,
    caller: Caller,
    onFrame: (frame: Frame, text: string) => void,
  ): Promise<Listener> {
    const credentials = await caller.credentials();
    const header = base64Url(await target.realtimeHeadersFor(credentials, '{}', '/graphql/connect'));
    const socket = new WebSocket(target.realtimeUrl!, ['graphql-ws', `header-${header}`]);
    const listener = new Listener(target, caller, socket, onFrame);
    await inTime(once(socket, 'open'), 'the opening of a connection');
    const answer = await listener.#answerTo('', { type: 'connection_init' });
    if (answer.type !== 'connection_ack') {
      throw new Error(JSON.stringify(answer));
    }
    return listener;
  }

  private constructor(
    target: ApiTarget,
    caller: Caller,
    socket: WebSocket,
    onFrame: (frame: Frame, text: string) => void,
  ) {
    this.#target = target;
    this.#caller = caller;
    this.#socket = socket;
    this.#onFrame = onFrame;
    socket.on('error', () => undefined); // `close` follows, and whoever waits is told below
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('close', (code) => {
      for (const tell of this.#waiting.values()) {
        tell({ type: 'closed', id: String(code) });
      }
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** @returns `start_ack`, `error`, or `closed` */
  async start(id: string, query: string, variables: object = {}): Promise<Frame> {
    const data = JSON.stringify({ query, variables });
    const authorization = await this.#target.realtimeHeadersFor(await this.#caller.credentials(), data);
    return this.#answerTo(id, { id, type: 'start', payload: { data, extensions: { authorization } } });
  }

  /** @throws Error when the subscription is refused */
  async subscribe(id: string, query: string, variables: object = {}): Promise<void> {
    const answer = await this.start(id, query, variables);
    if (answer.type !== 'start_ack') {
      throw new Error(JSON.stringify(answer));
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  async #answerTo(id: string, message: object): Promise<Frame> {
    const answered = new Promise<Frame>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify(message), () => undefined);
    try {
      return await inTime(answered, `an answer to ${JSON.stringify(message).slice(0, 200)}`);
    } finally {
      this.#waiting.delete(id);
    }
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as Frame;
    this.#onFrame(frame, text);
    if (frame.type !== 'ka' && frame.type !== 'data') {
      this.#waiting.get(frame.id ?? '')?.(frame);
    }
  }
}
