import { once, on } from 'node:events';
import type { Caller, GraphQLResult, Server } from 'appsync-local';
import WebSocket from 'ws';
import { realtimeHeaders } from './realtime-headers.ts';

export interface Subscription {
  /** The next event, in the form of an answer: `{ data: { field: … } }`. */
  next(): Promise<GraphQLResult>;
  /** Resolves when the API ends the subscription. @throws Error when it sends anything else before */
  completed(): Promise<void>;
  close(): void;
}

interface Message {
  type: string;
  payload?: unknown;
}

/**
 * Subscribes on a connection of its own, in AppSync's protocol, and resolves once the API has acknowledged the subscription: what is written after
 * that is heard. An app leaves this to its client, such as Amplify or Apollo Client; a test wants to know when it is subscribed.
 *
 * @throws Error when the API refuses the connection or the subscription
 */
export async function subscribe(
  server: Server,
  query: string,
  { as }: { as: Caller } = { as: 'apiKey' },
): Promise<Subscription> {
  const connection = await realtimeHeaders(server, as, '/graphql/connect', '{}');
  const header = Buffer.from(JSON.stringify(connection)).toString('base64url');
  const socket = new WebSocket(server.realtimeUrl, ['graphql-ws', `header-${header}`]);
  const messages = on(socket, 'message', { close: ['close'] });
  await once(socket, 'open');

  const send = (message: object): void => socket.send(JSON.stringify(message));
  async function next(type: string): Promise<Message> {
    const { value, done } = (await messages.next()) as IteratorResult<[Buffer]>;
    const message = done ? { type: 'close' } : (JSON.parse(String(value[0])) as Message);
    if (message.type === 'ka') {
      return next(type);
    }
    if (message.type !== type) {
      socket.close();
      throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    }
    return message;
  }

  send({ type: 'connection_init' });
  await next('connection_ack');
  const data = JSON.stringify({ query, variables: {} });
  const authorization = await realtimeHeaders(server, as, '/graphql', data);
  send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
  await next('start_ack');

  return {
    next: async () => (await next('data')).payload as GraphQLResult,
    completed: async () => {
      await next('complete');
    },
    close: () => socket.close(),
  };
}
