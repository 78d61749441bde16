import assert from 'node:assert/strict';
import { iam } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';
import { CLIENT_GUIDE, refusal, serves } from './connections.ts';
import { type DialOptions, headerObject, open, upgrade, using } from './wire.ts';

/** Standard base64 of a header object that needs all of its alphabet and its padding: `+`, `/` and `=`. */
async function awkwardBase64(api: ConformanceApi): Promise<string> {
  const header = await headerObject(api);
  for (let length = 0; length < 3; length += 1) {
    const text = JSON.stringify({ ...header, 'x-odd': `??>>~~${'?'.repeat(length)}` });
    const encoded = Buffer.from(text).toString('base64');
    if (/\+/.test(encoded) && /\//.test(encoded) && /=/.test(encoded)) {
      return encoded;
    }
  }
  throw new Error('no padding to try');
}

const inQuery = async (api: ConformanceApi, encode: (text: string) => string): Promise<DialOptions> => ({
  protocols: ['graphql-ws'],
  query: `?header=${encode(await awkwardBase64(api))}&payload=e30=`,
});

const deliveries: Check[] = [
  {
    id: 'RTM-001',
    promise: 'takes the credentials from the subprotocol `header-<base64url>` and selects `graphql-ws`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api, { delivery: 'subprotocol' }), async (wire) =>
        assert.equal(wire.webSocket.protocol, 'graphql-ws'),
      );
    },
  },
  {
    id: 'RTM-002',
    promise: 'takes the credentials from the query parameters `header` and `payload`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    run: (api) => serves(api, { delivery: 'query' }),
  },
  {
    id: 'RTM-003',
    promise: 'takes the credentials from headers of the upgrade request',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    run: (api) => serves(api, { delivery: 'headers' }),
  },
  {
    id: 'RTM-004',
    promise: 'reads base64 in the query that was not escaped, with its `+`, `/` and `=`',
    source: 'aws-amplify 6.5.4, aws-appsync-subscription-link 3.1.3',
    evidence: 'inferred',
    run: async (api) => serves(api, await inQuery(api, (text) => text)),
  },
  {
    id: 'RTM-005',
    promise: 'reads base64url in the query',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    run: async (api) =>
      serves(api, await inQuery(api, (text) => text.replaceAll('+', '-').replaceAll('/', '_'))),
  },
  {
    id: 'RTM-006',
    promise: 'reads base64 in the query without padding',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    run: async (api) =>
      serves(api, await inQuery(api, (text) => encodeURIComponent(text.replace(/=+$/, '')))),
  },
  {
    id: 'RTM-007',
    promise: 'reads a subprotocol whose base64 is padded',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const offer = `graphql-ws, header-${await awkwardBase64(api)}`;
      const answer = await upgrade(api, { headers: { 'sec-websocket-protocol': offer } });
      answer.socket?.destroy();
      assert.equal(answer.status, 101);
      assert.equal(answer.headers['sec-websocket-protocol'], 'graphql-ws');
    },
  },
  {
    id: 'RTM-008',
    promise: 'reads `X-Api-Key` as well as `x-api-key` in the header object',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const { 'x-api-key': key, ...header } = await headerObject(api);
      const credentials = { mode: 'raw', headers: { ...header, 'X-Api-Key': key! } } as const;
      await using(open(api, { credentials }), async () => undefined);
    },
  },
  {
    id: 'RTM-009',
    promise: 'accepts other query parameters, which Amplify makes from custom headers',
    source: 'aws-amplify/amplify-js, packages/api-graphql',
    evidence: 'inferred',
    run: (api) =>
      using(open(api, { delivery: 'subprotocol', query: '?x-tenant=v1&a=%20' }), async () => undefined),
  },
  {
    id: 'RTM-010',
    promise: 'accepts the subprotocols in any order',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const header = Buffer.from(JSON.stringify(await headerObject(api))).toString('base64url');
      await using(open(api, { protocols: [`header-${header}`, 'graphql-ws'] }), async (wire) =>
        assert.equal(wire.webSocket.protocol, 'graphql-ws'),
      );
    },
  },
  {
    id: 'RTM-011',
    promise: 'verifies an IAM signature over POST `/graphql/connect` with the body `{}`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    run: (api) => using(open(api, { credentials: iam }), async () => undefined),
  },
  {
    id: 'RTM-012',
    promise: 'refuses a connection whose IAM signature is over the endpoint instead of its `/connect`',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const headers = await api.target.realtimeHeadersFor(iam, '{}');
      const { error } = await refusal(api, { credentials: { mode: 'raw', headers } });
      assert.ok([400, 401, 403].includes(Number(error.errorCode)), JSON.stringify(error));
    },
  },
];

/** Every path takes every way of handing over credentials; on AWS a domain has one path only. */
const doors: Check[] = (
  [
    ['RTM-013', '/graphql', false],
    ['RTM-014', '/graphql/realtime', false],
    ['RTM-015', '/realtime', false],
    ['RTM-016', '/graphql', true],
    ['RTM-017', '/graphql/realtime', true],
    ['RTM-018', '/realtime', true],
  ] as const
).map(([id, path, tls]) => ({
  id,
  promise: `serves ${tls ? 'wss' : 'ws'} on \`${path}\` to credentials in the subprotocol, the query and headers`,
  source: path === '/realtime' ? 'aws-appsync-subscription-link' : CLIENT_GUIDE,
  evidence: path === '/realtime' ? 'inferred' : 'documented',
  localOnly: true,
  async run(api) {
    for (const delivery of ['subprotocol', 'query', 'headers'] as const) {
      await serves(api, { path, tls, delivery });
    }
  },
}));

/** How a client says who it is, and on which door it knocks. */
export const connectChecks: Check[] = [...deliveries, ...doors];
