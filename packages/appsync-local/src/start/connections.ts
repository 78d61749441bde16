import type { Handshake, RealtimeConnection, RealtimeSocket } from '../http/web-socket.ts';
import { type Connection, type ConnectionOptions, openConnection } from '../realtime/connection.ts';

/** The real-time connections of a server, which outlive changes of its app. */
export class Connections {
  readonly #options: Omit<ConnectionOptions, 'socket' | 'handshake'>;
  readonly #open = new Set<Connection>();

  constructor(options: Omit<ConnectionOptions, 'socket' | 'handshake'>) {
    this.#options = options;
  }

  open(handshake: Handshake, socket: RealtimeSocket): RealtimeConnection {
    const connection = openConnection({ ...this.#options, socket, handshake });
    this.#open.add(connection);
    return {
      receive: (text) => connection.receive(text),
      closed: () => {
        this.#open.delete(connection);
        connection.closed();
      },
    };
  }

  /** Prepares all subscriptions again, for a schema that has changed; those that are no longer possible end with `error`. */
  async renew(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.renew()));
  }
}
