import type { Caller } from './callers.ts';
import type { ChangeLog } from './change-log.ts';
import type { GraphQLAnswer, Operation } from './graphql.ts';
import { openReconnecting, type RealtimeMessage } from './reconnecting-socket.ts';
import { refusalText } from './refusal-text.ts';
import type { Status } from './status.ts';

const REALTIME_PATH = '/graphql/realtime';

/** Milliseconds of silence after which a connection counts as lost, unless the server says otherwise. */
const SILENCE_MS = 300_000;

/** Numbers the subscriptions; browsers make UUIDs only on secure pages, which a page from another machine is not. */
let started = 0;

export interface SubscriptionParts {
  caller: Caller;
  status: Status;
  log: ChangeLog;
  next(result: GraphQLAnswer): void;
  /** Called once when it ends without `stop`. */
  ended(): void;
}

/**
 * Runs one subscription over its own connection until it is stopped or the server ends it (AppSync developer guide, "Building a
 * real-time WebSocket client").
 *
 * @returns stops it
 */
export function openSubscription(operation: Operation, parts: SubscriptionParts): () => void {
  const { caller, status, log } = parts;
  const data = JSON.stringify({ query: operation.query, variables: operation.variables ?? {} });
  const id = String((started += 1));
  const note = (text: string): void => log.note(operation, text);
  let again = false;

  const start = async (): Promise<void> => {
    const authorization = await caller.realtimeHeaders('/graphql', data);
    socket.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
  };
  const end = (): void => {
    socket.close();
    parts.ended();
  };
  const refused = (message: RealtimeMessage): void => {
    const answer = refusalOf(message);
    status.error(refusalText(answer.code, answer, caller));
    note(`Not subscribed: ${answer.errors[0]?.message ?? 'the server gave no reason'}`);
    parts.next(message.payload ?? {});
    end();
  };
  const handlers: Record<string, (message: RealtimeMessage) => void> = {
    connection_ack: ({ payload }) => {
      socket.settled(Number(payload?.['connectionTimeoutMs'] ?? SILENCE_MS));
      void start();
    },
    start_ack: () => {
      note(
        again
          ? 'Subscribed again. Events in the meantime were not delivered.'
          : `Subscribed. Listening as ${caller.name}.`,
      );
      status.ok(`Subscribed · ${caller.name}`);
    },
    data: ({ payload = {} }) => {
      log.event(operation, payload);
      parts.next(payload);
    },
    error: refused,
    connection_error: refused,
    complete: () => {
      note('The server ended the subscription.');
      status.ok(`Connected · ${caller.name}`);
      end();
    },
  };

  status.busy('Subscribing…');
  const socket = openReconnecting({
    dial: () => dial(caller),
    opened: () => socket.send({ type: 'connection_init' }),
    received: (message) => handlers[message.type]?.(message),
    lost: (tries, waitMs) => {
      again = true;
      if (tries === 1) {
        note('Connection lost.');
      }
      status.error(`Connection lost; trying again in ${waitMs / 1000} s.`);
    },
    failed: ({ message }) => {
      status.error(message);
      note(message);
      parts.next({ errors: [{ message }] });
      end();
    },
  });
  return () => {
    socket.send({ id, type: 'stop' });
    socket.close();
    note('Unsubscribed.');
    status.ok(`Connected · ${caller.name}`);
  };
}

/** The credentials travel as a second subprotocol: browsers cannot set headers on a WebSocket. */
async function dial(caller: Caller): Promise<WebSocket> {
  const header = await caller.realtimeHeaders('/graphql/connect', '{}');
  const url = location.origin.replace(/^http/, 'ws') + REALTIME_PATH;
  return new WebSocket(url, ['graphql-ws', `header-${base64Url(JSON.stringify(header))}`]);
}

interface RealtimeError {
  message: string;
  errorCode?: number;
}

/** `errors` is a list, except for MaxSubscriptionsReachedError, which has an object. */
function refusalOf({ payload }: RealtimeMessage): { code: number | string; errors: RealtimeError[] } {
  const errors = [payload?.['errors'] ?? []].flat() as RealtimeError[];
  return { code: errors[0]?.errorCode ?? 'with an error', errors };
}

function base64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
