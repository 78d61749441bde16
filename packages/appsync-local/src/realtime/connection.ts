import type { AuthorizeRealtime } from '../auth/authorize-realtime.ts';
import type { Subscribe } from '../graphql/subscription.ts';
import type { Traces } from '../trace/request-trace.ts';
import { Channel, type Socket } from './channel.ts';
import { parseMessage, type ClientMessage } from './client-message.ts';
import type { FanOut } from './fan-out.ts';
import {
  ackFrame,
  completeFrame,
  connectionErrorFrame,
  credentialsMissing,
  errorFrame,
  KEEP_ALIVE_FRAME,
  subprotocolMissing,
  subprotocolUnknown,
  toFrameError,
  unsupported,
  type FrameError,
} from './frames.ts';
import { readCredentials, selectSubprotocol, type Handshake } from './handshake.ts';
import { CLOSE_CODE, DEFAULT_LIMITS, type ConnectionLimits } from './limits.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

export interface ConnectionOptions {
  socket: Socket;
  handshake: Handshake;
  authorize: AuthorizeRealtime;
  subscribe: Subscribe;
  fanOut: FanOut;
  /** @default DEFAULT_LIMITS for each absent member */
  limits?: Partial<ConnectionLimits>;
  /** Receives bugs of ours, which the client does not learn of. @default console.error */
  report?: (line: string, error: unknown) => void;
  /** Receives what a developer should know of a refused handshake: a browser does not show its page the refusal. @default nothing */
  advise?: (line: string) => void;
  /** Records each `start`. @default none */
  traces?: Traces | undefined;
}

/** The protocol's side of a socket: what the socket reports to it. */
export interface Connection {
  receive(text: string): void;
  /** Called when the socket has been closed by either side. */
  closed(): void;
  /** Prepares the subscriptions again, for a schema that has changed; one that is no longer possible ends with `error`. */
  renew(): Promise<void>;
}

/**
 * Runs one client's AppSync real-time connection (subprotocol `graphql-ws`), independent of any socket library.
 *
 * Answers invalid credentials with `connection_error` on an open socket, and never refuses the upgrade: clients take that for a
 * network fault and retry silently.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const channel = new Channel(options.socket, limits);
  const subscriptions = createSubscriptions({
    ...options,
    report: options.report ?? reportToConsole,
    limits,
    channel,
  });
  const opening = judge(options);
  const phase = { opened: false, initialized: false };
  void opening.then((refusal) => {
    phase.opened = refusal === null;
    if (refusal) {
      channel.after(limits.refusalDelayMs, () => refuse(channel, refusal));
    }
  });
  channel.after(limits.maxConnectionMs, () => channel.close(CLOSE_CODE.goingAway, 'connection length limit'));
  channel.onClose(() => subscriptions.clear());
  const handle = createHandle(channel, subscriptions, limits);

  return {
    receive(text) {
      if (!channel.open) {
        return;
      }
      if (tooBig(text, limits)) {
        return channel.close(CLOSE_CODE.messageTooBig, 'message too big');
      }
      const message = parseMessage(text);
      if (phase.opened) {
        return handle(message);
      }
      // A client that sends connection_init must wait for the ack; earlier messages are ignored (developer guide).
      if (phase.initialized) {
        return;
      }
      phase.initialized = message.type === 'connection_init';
      void opening.then((refusal) => (refusal ? refuse(channel, refusal) : handle(message)));
    },
    closed: () => channel.closed(),
    renew: () => subscriptions.renew(),
  };
}

const reportToConsole = (line: string, error: unknown): void => console.error(line, error);

/** Returns null when the connection may be used, otherwise the reason why not. Never rejects. */
async function judge(options: ConnectionOptions): Promise<FrameError | null> {
  const { authorize, handshake, report = reportToConsole, advise } = options;
  if (!selectSubprotocol(handshake.protocols)) {
    advise?.(adviceOn(handshake.protocols));
    return handshake.protocols.length === 0 ? subprotocolMissing : subprotocolUnknown;
  }
  const credentials = readCredentials(handshake);
  if (!credentials) {
    advise?.(CREDENTIALS_ADVICE);
    return credentialsMissing;
  }
  try {
    await authorize.connect(credentials, handshake);
    return null;
  } catch (error) {
    const refusal = toFrameError(error);
    if (refusal.errorCode === 500) {
      report('authorizing a real-time connection failed', error);
    }
    return refusal;
  }
}

const CREDENTIALS_ADVICE =
  'refused a WebSocket without credentials; AppSync takes a JSON object with host and, for example, x-api-key, ' +
  'as base64url in a second subprotocol header-…';

/** The package graphql-ws and Apollo's GraphQLWsLink, for other servers, offer `graphql-transport-ws`. */
function adviceOn(protocols: string[]): string {
  const names = protocols.filter((name) => SUBPROTOCOL_NAME.test(name) && !name.startsWith('header-'));
  return (
    `refused a WebSocket that does not offer the subprotocol graphql-ws${names.length > 0 ? `, but ${names.join(', ')}` : ''}; ` +
    'AppSync has a protocol of its own: use a client for AppSync, such as Amplify or aws-appsync-subscription-link'
  );
}

/** What a client made up is not shown. */
const SUBPROTOCOL_NAME = /^[a-z][a-z\d.-]{0,40}$/i;

function refuse(channel: Channel, refusal: FrameError): void {
  channel.send(connectionErrorFrame(refusal));
  channel.close(CLOSE_CODE.policyViolation, refusal.message ?? '');
}

function createHandle(channel: Channel, subscriptions: Subscriptions, limits: ConnectionLimits) {
  const acknowledge = createAcknowledge(channel, limits);
  return (message: ClientMessage): void => {
    switch (message.type) {
      case 'connection_init':
        return acknowledge();
      case 'start':
        return void subscriptions.start(message);
      case 'stop':
        // AWS's answer to an unknown id is unknown; clients wait for `complete`.
        subscriptions.stop(message.id);
        return channel.send(completeFrame(message.id));
      case 'unknown':
        return channel.send(errorFrame([unsupported('unknown')]));
    }
  };
}

/** `connection_ack`, a first `ka` right after it (observed on AWS), then one every minute. */
function createAcknowledge(channel: Channel, limits: ConnectionLimits) {
  let keepingAlive = false;
  return (): void => {
    channel.send(ackFrame(limits));
    channel.send(KEEP_ALIVE_FRAME);
    if (!keepingAlive) {
      channel.every(limits.keepAliveMs, () => channel.send(KEEP_ALIVE_FRAME));
    }
    keepingAlive = true;
  };
}

// A UTF-16 unit is at most three UTF-8 bytes, so short texts need no counting.
const tooBig = (text: string, { maxMessageBytes }: ConnectionLimits): boolean =>
  text.length * 3 > maxMessageBytes && Buffer.byteLength(text) > maxMessageBytes;
