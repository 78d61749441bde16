import { openReconnecting } from './reconnecting-socket.js';
import { refusalText } from './refusal-text.js';

const REALTIME_PATH = '/graphql/realtime';

/** Milliseconds of silence after which a connection counts as lost, unless the server says otherwise. */
const SILENCE_MS = 300_000;

/** Numbers the subscriptions; browsers make UUIDs only on secure pages, which a page from another machine is not. */
let started = 0;

/**
 * Runs one subscription over its own connection until it is stopped, here or in the event log (AppSync developer guide,
 * "Building a real-time WebSocket client").
 *
 * @param {{ query: string, variables?: object, operationName?: string }} params
 * @param {{ next(result: object): void, complete(): void }} observer
 * @param {{ auth: object, status: object, events: object }} parts
 * @returns {() => void} stops it
 */
export function subscribe({ query, variables, operationName }, observer, { auth, status, events }) {
  const mode = auth.mode();
  const data = JSON.stringify({ query, variables: variables ?? {} });
  const id = String((started += 1));
  let again = false;

  const start = async () => {
    const authorization = await mode.realtimeHeaders('/graphql', data);
    socket.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
  };
  const end = () => {
    socket.close();
    showEnded();
    observer.complete();
  };
  const refused = (payload) => {
    status.error(refusalOf(payload, mode));
    observer.next(payload);
    end();
  };
  const handlers = {
    connection_ack: ({ payload }) => {
      socket.settled(payload?.connectionTimeoutMs ?? SILENCE_MS);
      return start();
    },
    start_ack: () => {
      events.note(again ? 'Subscribed again. What happened meanwhile was not delivered.' : 'Subscribed.');
      status.ok(`Subscribed · ${mode.title}`);
    },
    data: ({ payload }) => {
      events.add(payload);
      observer.next(payload);
    },
    error: ({ payload }) => refused(payload),
    connection_error: ({ payload }) => refused(payload),
    complete: () => {
      events.note('The server ended the subscription.');
      status.ok(`Connected · ${mode.title}`);
      end();
    },
  };

  status.busy('Subscribing…');
  const socket = openReconnecting({
    dial: () => dial(mode),
    opened: () => socket.send({ type: 'connection_init' }),
    received: (message) => void handlers[message.type]?.(message),
    lost: (tries, waitMs) => {
      again = true;
      if (tries === 1) events.note('Connection lost.');
      status.error(`Connection lost; trying again in ${waitMs / 1000} s.`);
    },
    failed: ({ message }) => {
      status.error(message);
      observer.next({ errors: [{ message }] });
      end();
    },
  });
  const stop = () => {
    socket.send({ id, type: 'stop' });
    events.note('Unsubscribed.');
    status.ok(`Connected · ${mode.title}`);
    end();
  };
  const showEnded = events.running(operationName ?? 'subscription', stop);
  return stop;
}

/** The credentials travel as a second subprotocol: browsers cannot set headers on a WebSocket. */
async function dial(mode) {
  const header = await mode.realtimeHeaders('/graphql/connect', '{}');
  const url = location.origin.replace(/^http/, 'ws') + REALTIME_PATH;
  return new WebSocket(url, ['graphql-ws', `header-${base64Url(JSON.stringify(header))}`]);
}

/** `errors` is a list, except for MaxSubscriptionsReachedError, which has an object. */
function refusalOf(payload, mode) {
  const errors = [payload.errors].flat();
  return refusalText(errors[0]?.errorCode ?? 'with an error', { errors }, mode);
}

function base64Url(text) {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
