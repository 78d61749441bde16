/**
 * An Amplify v6 application, run as a process of its own because Node.js reads NODE_EXTRA_CA_CERTS at its start:
 * `client.ts ENDPOINT apiKey|userPool|iam API_KEY|TOKEN|ACCESS_KEY:SECRET`. It subscribes, writes an item, reads it and
 * prints what it got as one line of JSON.
 */
import { EventEmitter, once } from 'node:events';
import { Amplify, type ResourcesConfig } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, generateClient } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import WebSocket from 'ws';

const [, , endpoint = '', mode = '', secret = ''] = process.argv;
const authMode = mode as 'apiKey' | 'userPool' | 'iam';

// Node.js 20 has no WebSocket of its own.
Object.assign(globalThis, { WebSocket });

const resources: ResourcesConfig = {
  API: {
    GraphQL: {
      endpoint,
      region: 'us-east-1',
      defaultAuthMode: authMode,
      ...(authMode === 'apiKey' && { apiKey: secret }),
    },
  },
};
const [accessKeyId = '', secretAccessKey = ''] = secret.split(':');
Amplify.configure(resources, {
  Auth: {
    tokenProvider: {
      getTokens: async () => (authMode === 'userPool' ? { accessToken: decodeJWT(secret) } : null),
    },
    credentialsProvider: {
      getCredentialsAndIdentityId: async () => ({ credentials: { accessKeyId, secretAccessKey } }),
      clearCredentialsAndIdentityId: () => undefined,
    },
  },
});

const client = generateClient();
const signals = new EventEmitter();
Hub.listen('api', ({ payload }) => {
  if (payload.event === CONNECTION_STATE_CHANGE) {
    const { connectionState } = payload.data as { connectionState: string };
    signals.emit(connectionState);
  }
});

interface Observed {
  subscribe(observer: { next(message: { data: unknown }): void; error(error: unknown): void }): void;
}
const ITEM = '{ id version owner payload }';
const connected = once(signals, 'Connected');
const event = once(signals, 'event');
const subscription = client.graphql({ query: `subscription { onPutItem ${ITEM} }` }) as unknown as Observed;
subscription.subscribe({
  next: ({ data }) => signals.emit('event', data),
  error: (error) => {
    console.error(JSON.stringify(error));
    process.exit(1);
  },
});
await connected;

const put = await client.graphql({
  query: `mutation ($input: PutItemInput!) { putItem(input: $input) ${ITEM} }`,
  variables: { input: { id: authMode, payload: '{"a":1}' } },
});
const get = await client.graphql({
  query: `query ($id: ID!) { getItem(id: $id) ${ITEM} }`,
  variables: { id: authMode },
});
const [received] = (await event) as unknown[];
console.log(JSON.stringify({ put, get, received }));
process.exit(0);
