import type { ApiError } from './api-error.ts';
import { asApiError } from './api-error.ts';
import type { Authorization } from './authorization.ts';
import { backOff, type BackOffOptions } from './back-off.ts';
import { type Connection, type ConnectionEvents, openConnection, type WebSocketClass } from './connection.ts';
import { subProtocols } from './protocol.ts';
import { realtimeCredentials } from './realtime-credentials.ts';

export interface LinkOptions {
  url: string;
  realtimeUrl: string;
  authorization: Authorization;
  webSocket: WebSocketClass;
  backOff?: BackOffOptions;
  keepAliveMs?: number;
  /** How long the server may take to acknowledge a connection, in milliseconds. */
  acknowledgeMs: number;
}

export interface LinkEvents {
  /** Subscriptions may start. */
  opened(connection: Connection): void;
  /** A message came, keep-alives included. */
  heard(): void;
  message: ConnectionEvents['message'];
  /** There is no connection, and another attempt follows. */
  interrupted(reason: ApiError): void;
  /** There is no connection, and a retry does not help: the link is idle. */
  refused(reason: ApiError): void;
}

interface Dialing {
  is: 'dialing';
  /** Epoch milliseconds. */
  since: number;
  /** Null while credentials are being fetched. */
  connection: Connection | null;
}

type LinkState =
  | { is: 'idle' }
  | Dialing
  | { is: 'open'; connection: Connection; since: number }
  | { is: 'waiting'; timer: ReturnType<typeof setTimeout> };

const IDLE: LinkState = { is: 'idle' };

/** How long, in milliseconds, credentials may take before another call asks for them again: the first may have slept. */
const FRESH_MS = 2_000;

/** After a connection that lived this long, in milliseconds, the next wait is short again. */
const STEADY_MS = 5_000;

/**
 * Keeps a connection, from `open()` to `close()`:
 *
 * ```text
 * idle -> dialing -> open
 *           ^  |      |
 *           |  v      v
 *          waiting <--+     and from each of them back to idle
 * ```
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  #state: LinkState = IDLE;
  /** Failed in a row. */
  #attempts = 0;
  /** Whether the last credentials were refused. */
  #forceRefresh = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** The connection on which subscriptions may start. */
  get connection(): Connection | null {
    return this.#state.is === 'open' ? this.#state.connection : null;
  }

  /** Connects, unless it has begun to already. */
  open(): void {
    if (this.#state.is === 'idle') {
      void this.#dial();
    }
  }

  close(): void {
    this.#become(IDLE);
    this.#attempts = 0;
  }

  /** Connects at once, in place of the connection, of the wait or of an attempt that may be dead. */
  redial(reason: ApiError): void {
    const last = this.#state;
    const isBegun = last.is === 'dialing' && !last.connection && Date.now() - last.since < FRESH_MS;
    if (last.is === 'idle' || isBegun) {
      return;
    }
    void this.#dial();
    if (last.is === 'open') {
      this.#events.interrupted(reason);
    }
  }

  /** Gives up an open connection that does not respond. */
  abandon(connection: Connection, reason: ApiError): void {
    if (connection === this.connection) {
      this.#lost(reason);
    }
  }

  /** The only place that changes the state: ends what the last state had, unless the next one has it too. */
  #become(next: LinkState): void {
    const last = this.#state;
    this.#state = next;
    switch (last.is) {
      case 'idle':
        return;
      case 'waiting':
        return clearTimeout(last.timer);
      case 'dialing':
      case 'open':
        if (!('connection' in next) || next.connection !== last.connection) {
          last.connection?.close();
        }
    }
  }

  async #dial(): Promise<void> {
    const dialing: Dialing = { is: 'dialing', since: Date.now(), connection: null };
    this.#become(dialing);
    try {
      const protocols = subProtocols(await this.#credentials());
      if (this.#state === dialing) {
        dialing.connection = this.#connect(dialing, protocols);
      }
    } catch (error) {
      if (this.#state === dialing) {
        this.#lost(asApiError(error));
      }
    }
  }

  #credentials(): Promise<Record<string, string>> {
    const forceRefresh = this.#forceRefresh;
    return realtimeCredentials(this.#options, { path: '/connect', body: '{}', forceRefresh });
  }

  #connect(dialing: Dialing, protocols: string[]): Connection {
    const { webSocket: Socket, realtimeUrl, acknowledgeMs, keepAliveMs } = this.#options;
    return openConnection(
      () => new Socket(realtimeUrl, protocols),
      {
        opened: () => this.#opened(dialing.connection!),
        heard: this.#events.heard,
        message: this.#events.message,
        lost: (reason) => {
          if (this.#state.is === 'open' && Date.now() - this.#state.since >= STEADY_MS) {
            this.#attempts = 0;
          }
          this.#lost(reason);
        },
      },
      { acknowledgeMs, keepAliveMs },
    );
  }

  #opened(connection: Connection): void {
    this.#become({ is: 'open', connection, since: Date.now() });
    this.#forceRefresh = false;
    this.#events.opened(connection);
  }

  #lost(reason: ApiError): void {
    const isRefusedTwice = reason.remedy === 'credentials' && this.#forceRefresh;
    if (reason.remedy === 'none' || isRefusedTwice) {
      this.#forceRefresh = false;
      this.#become(IDLE);
      return this.#events.refused(reason);
    }
    this.#forceRefresh = reason.remedy === 'credentials';
    const wait = backOff(this.#attempts++, this.#options.backOff);
    this.#become({ is: 'waiting', timer: setTimeout(() => void this.#dial(), wait) });
    this.#events.interrupted(reason);
  }
}
