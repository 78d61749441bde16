/**
 * An Amplify v6 application, run as a process of its own because Node.js reads NODE_EXTRA_CA_CERTS at its start:
 * `client.ts ENDPOINT MODE SECRET ID SUBSCRIPTION [outage]`, where SECRET is the API key, ACCESS_KEY:SECRET for iam, else a token, and SUBSCRIPTION
 * a document with the variable `id`. It subscribes, writes an item, reads it and prints what it got as one line of JSON. With `outage` it says
 * `subscribed` first and waits until it has lost the server and found it again.
 */
import { EventEmitter, once } from 'node:events';
import { Amplify, type ResourcesConfig } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, generateClient } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { GET_ITEM, PAYLOAD, PUT_ITEM } from '../harness/operations.ts';
import { provideWebSocket } from '../harness/web-socket.ts';

const [, , endpoint = '', mode = '', secret = '', id = '', document = '', outage] = process.argv;
const authMode = mode as 'apiKey' | 'userPool' | 'iam' | 'oidc' | 'lambda';

provideWebSocket();

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
      getTokens: async () =>
        authMode === 'userPool' || authMode === 'oidc' ? { accessToken: decodeJWT(secret) } : null,
    },
    credentialsProvider: {
      getCredentialsAndIdentityId: async () => ({ credentials: { accessKeyId, secretAccessKey } }),
      clearCredentialsAndIdentityId: () => undefined,
    },
  },
});

const client = generateClient(authMode === 'lambda' ? { authMode, authToken: secret } : {});
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
const connected = once(signals, 'Connected');
const event = once(signals, 'event');
const subscription = client.graphql({ query: document, variables: { id } }) as unknown as Observed;
subscription.subscribe({
  next: ({ data }) => signals.emit('event', data),
  error: (error) => {
    console.error(JSON.stringify(error));
    process.exit(1);
  },
});
await connected;
if (outage) {
  const again = once(signals, 'ConnectionDisrupted').then(() => once(signals, 'Connected'));
  console.log('subscribed');
  await again;
}

const put = await client.graphql({ query: PUT_ITEM, variables: { input: { id, payload: PAYLOAD } } });
const get = await client.graphql({ query: GET_ITEM, variables: { id } });
const [received] = (await event) as unknown[];
console.log(JSON.stringify({ put, get, received }));
process.exit(0);
