import assert from 'node:assert/strict';
import { apiKey, type Credentials, iam } from '../../api/harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';
import {
  dial,
  type DialOptions,
  errorsOf,
  type Frame,
  halfOpen,
  headerObject,
  open,
  publish,
  unique,
  upgrade,
  using,
} from './wire.ts';

const CLIENT_GUIDE = 'DG real-time-websocket-client';

/** A connection that is of use: it gets its ack and an event. */
const serves = (api: ConformanceApi, options: DialOptions): Promise<void> =>
  using(open(api, options), async (wire) => {
    const id = unique();
    await wire.subscribe('s', `subscription { onMessage(id: "${id}") { id } }`);
    await publish(api, { id });
    assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
  });

/** The error of the `connection_error` that a client gets, and the code its socket is closed with. */
const refusal = (api: ConformanceApi, options: DialOptions): Promise<{ error: Frame; code: number }> =>
  using(dial(api, options), async (wire) => {
    wire.send({ type: 'connection_init' });
    const frame = await wire.next();
    assert.equal(frame.type, 'connection_error', JSON.stringify(frame));
    const [error, ...more] = errorsOf(frame);
    assert.deepEqual(more, []);
    return { error: error!, code: await wire.closed };
  });

const wrongKey: Credentials = { mode: 'raw', headers: { 'x-api-key': 'da2-wrongwrongwrongwrongwrong' } };

/** Standard base64 of a header object that needs all of its alphabet and its padding: `+`, `/` and `=`. */
async function awkwardBase64(api: ConformanceApi): Promise<string> {
  const header = await headerObject(api);
  for (let length = 0; length < 3; length += 1) {
    const text = JSON.stringify({ ...header, 'x-odd': `??>>~~${'?'.repeat(length)}` });
    const encoded = Buffer.from(text).toString('base64');
    if (/\+/.test(encoded) && /\//.test(encoded) && /=/.test(encoded)) return encoded;
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
    promise: 'does not mind other query parameters, which Amplify makes of custom headers',
    source: 'AJS',
    evidence: 'inferred',
    run: (api) =>
      using(open(api, { delivery: 'subprotocol', query: '?x-tenant=v1&a=%20' }), async () => undefined),
  },
  {
    id: 'RTM-010',
    promise: 'does not mind the order in which the subprotocols are offered',
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
      const headers = { host: api.target.host, ...(await api.target.headersFor(iam, '{}')) };
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

const refusals: Check[] = [
  {
    id: 'RTM-020',
    promise: 'answers a wrong API key with `connection_error`, `UnauthorizedException` and 401',
    source: 'amplify-js#12818',
    evidence: 'observed',
    async run(api) {
      const { error } = await refusal(api, { credentials: wrongKey });
      assert.deepEqual(error, {
        errorType: 'UnauthorizedException',
        message: 'You are not authorized to make this call.',
        errorCode: 401,
      });
    },
  },
  {
    id: 'RTM-021',
    promise: 'closes the socket after `connection_error`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const { code } = await refusal(api, { credentials: wrongKey });
      assert.notEqual(code, 1006);
    },
  },
  ...(['query', 'headers'] as const).map((delivery, index) => ({
    id: `RTM-02${index + 2}`,
    promise: `answers a wrong API key in the ${delivery} with \`connection_error\` too, not by refusing the upgrade`,
    source: 'amplify-js#12818',
    evidence: 'inferred' as const,
    async run(api: ConformanceApi) {
      const { error } = await refusal(api, { credentials: wrongKey, delivery });
      assert.equal(error.errorCode, 401);
    },
  })),
  {
    id: 'RTM-024',
    promise: 'answers a client without credentials `Required headers are missing.`, 400',
    source: 'graphql-dotnet/graphql-client#662',
    evidence: 'observed',
    async run(api) {
      const { error } = await refusal(api, { protocols: ['graphql-ws'] });
      assert.deepEqual(error, {
        errorType: 'UnauthorizedException',
        message: 'Required headers are missing.',
        errorCode: 400,
      });
    },
  },
  {
    id: 'RTM-025',
    promise: 'answers credentials that are no JSON object with `connection_error`',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const { error } = await refusal(api, { protocols: ['graphql-ws', 'header-bm8'] });
      assert.equal(error.errorType, 'UnauthorizedException');
    },
  },
  {
    id: 'RTM-026',
    promise: 'answers a client that offers no subprotocol `SubProtocolNotSupportedError`, 400',
    source: 'graphql-dotnet/graphql-client#591',
    evidence: 'observed',
    async run(api) {
      const { error } = await refusal(api, { delivery: 'headers', protocols: [] });
      assert.deepEqual(error, { message: 'SubProtocolNotSupportedError', errorCode: 400 });
    },
  },
  {
    id: 'RTM-027',
    promise: 'lets in a client of `graphql-transport-ws` only to tell it `SubProtocolNotSupportedError`',
    source: 'spring-graphql#862, graphql-ws#602',
    evidence: 'inferred',
    async run(api) {
      // A library would hang up on a server that selects none of the subprotocols offered.
      const answer = await upgrade(api, {
        headers: { ...(await headerObject(api)), 'sec-websocket-protocol': 'graphql-transport-ws' },
      });
      const [frame] =
        (await answer.socket
          ?.once('error', () => undefined)
          .take(1)
          .toArray()) ?? [];
      answer.socket?.destroy();
      assert.equal(answer.headers['sec-websocket-protocol'], undefined);
      assert.match(String(frame), /"connection_error".*SubProtocolNotSupportedError/);
    },
  },
  {
    id: 'RTM-028',
    promise:
      'answers a wrong IAM signature with `connection_error`, whose text is longer than a close reason may be',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const headers = await headerObject(api, iam);
      const forged = headers.authorization!.replace(/Signature=.{8}/, 'Signature=00000000');
      const { error } = await refusal(api, {
        credentials: { mode: 'raw', headers: { ...headers, authorization: forged } },
      });
      assert.match(String(error.message), /signature/);
      await using(open(api), async () => undefined);
    },
  },
  {
    id: 'RTM-029',
    promise: 'tells a client of bad credentials so even if it says nothing itself',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(dial(api, { credentials: wrongKey }), async (wire) => {
        assert.equal((await wire.frame()).type, 'connection_error');
        await wire.closed;
      });
    },
  },
  {
    id: 'RTM-030',
    promise: 'sends nothing else before `connection_error`, whatever the client has started meanwhile',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(dial(api, { credentials: wrongKey }), async (wire) => {
        wire.send({ type: 'connection_init' });
        await wire.start('s', 'subscription { onMessage { id } }');
        assert.equal((await wire.frame()).type, 'connection_error');
        await wire.closed;
        await assert.rejects(wire.frame(1));
      });
    },
  },
];

const upgrades: Check[] = [
  {
    id: 'RTM-031',
    promise: 'refuses an upgrade on a path that is none, without opening a socket',
    source: 'aws-mobile-appsync-sdk-js#768',
    evidence: 'observed',
    async run(api) {
      const answer = await upgrade(api, { path: '/graphql/nowhere' });
      assert.equal(answer.status, 404);
    },
  },
  {
    id: 'RTM-032',
    promise: 'goes on answering HTTP after upgrades it has refused',
    source: 'RFC 9110 7.8',
    evidence: 'documented',
    async run(api) {
      for (let turn = 0; turn < 20; turn += 1) await upgrade(api, { path: '/graphql/nowhere' });
      assert.deepEqual(await api.graphql('{ ready }'), { data: { ready: null } });
    },
  },
  {
    id: 'RTM-033',
    promise: 'refuses a version of the protocol other than 13',
    source: 'RFC 6455 4.4',
    evidence: 'documented',
    async run(api) {
      const answer = await upgrade(api, { headers: { 'sec-websocket-version': '99' } });
      assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
      assert.match(String(answer.headers['sec-websocket-version']), /\b13\b/);
    },
  },
  {
    id: 'RTM-034',
    promise: 'refuses a handshake without a key',
    source: 'RFC 6455 4.2.1',
    evidence: 'documented',
    async run(api) {
      const answer = await upgrade(api, { headers: { 'sec-websocket-key': 'short' } });
      assert.equal(answer.status, 400);
    },
  },
  {
    id: 'RTM-035',
    promise: 'proves the handshake with the accept value of the key',
    source: 'RFC 6455 1.3',
    evidence: 'documented',
    async run(api) {
      const answer = await upgrade(api, { headers: { 'sec-websocket-protocol': 'graphql-ws' } });
      answer.socket?.destroy();
      assert.equal(answer.headers['sec-websocket-accept'], 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    },
  },
  {
    id: 'RTM-036',
    promise: 'sends its frames uncompressed, whatever the client offers',
    source: 'RFC 7692',
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async ({ webSocket }) => assert.equal(webSocket.extensions, ''));
    },
  },
  {
    id: 'RTM-037',
    promise: 'answers an ordinary GET on the real-time path with an HTTP error',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    localOnly: true,
    async run({ target }) {
      const { status } = await target.send('GET', '/graphql/realtime');
      assert.equal(status, 404);
    },
  },
  {
    id: 'RTM-038',
    promise: 'serves others while hundreds of upgrades are left half sent',
    source: 'RFC 9110 7.8',
    evidence: 'chosen',
    localOnly: true,
    async run(api) {
      const half = 'GET /graphql/realtime HTTP/1.1\r\nHost: l\r\nConnection: Upgrade\r\nUpgrade: webso';
      const sockets = Array.from({ length: 300 }, () => halfOpen(api, half));
      try {
        await Promise.all(sockets.map(({ connected }) => connected));
        await serves(api, {});
      } finally {
        sockets.forEach(({ socket }) => socket.destroy());
      }
    },
  },
  {
    id: 'RTM-039',
    promise:
      'keeps the connection of a client that authorizes each `start` but never sends `connection_init`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(dial(api), async (wire) => {
        const id = unique();
        await wire.subscribe('s', `subscription { onMessage(id: "${id}") { id } }`, {}, apiKey);
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
];

export const connectChecks: Check[] = [...deliveries, ...doors, ...refusals, ...upgrades];
