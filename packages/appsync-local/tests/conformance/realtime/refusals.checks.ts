import assert from 'node:assert/strict';
import { apiKey, type Credentials, iam } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';
import { CLIENT_GUIDE, refusal, serves } from './connections.ts';
import { base64Url, dial, halfOpen, headerObject, open, publish, unique, upgrade, using } from './wire.ts';

const wrongKey: Credentials = { mode: 'raw', headers: { 'x-api-key': 'da2-wrongwrongwrongwrongwrong' } };

const MISSING = { message: 'Required headers are missing.', errorCode: 400 };

const refusals: Check[] = [
  {
    id: 'RTM-020',
    promise: 'answers a wrong API key with `connection_error`, `UnauthorizedException` and 401',
    source: 'aws-amplify/amplify-js#12818',
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
    source: 'aws-amplify/amplify-js#12818',
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
      assert.deepEqual(error, MISSING);
    },
  },
  {
    id: 'RTM-025',
    promise: 'answers credentials that are not a JSON object with `connection_error`',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const { error } = await refusal(api, { protocols: ['graphql-ws', 'header-bm8'] });
      assert.deepEqual(error, MISSING);
    },
  },
  {
    id: 'RTM-026',
    promise: 'answers a client that offers no subprotocol `NoProtocolError`, 400',
    source: 'aws/aws-appsync-community#195',
    evidence: 'observed',
    async run(api) {
      const { error } = await refusal(api, { delivery: 'headers', protocols: [] });
      assert.deepEqual(error, { message: 'NoProtocolError', errorCode: 400 });
    },
  },
  {
    id: 'RTM-027',
    promise: 'accepts a client of `graphql-transport-ws` only to answer `SubProtocolNotSupportedError`',
    source: 'graphql-dotnet/graphql-client#591, spring-projects/spring-graphql#862',
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
      const Authorization = headers.Authorization!.replace(/Signature=.{8}/, 'Signature=00000000');
      const { error } = await refusal(api, {
        credentials: { mode: 'raw', headers: { ...headers, Authorization } },
      });
      assert.equal(error.errorType, 'BadRequestException');
      assert.match(String(error.message), /^The request signature .*'POST\n\/graphql\/connect\n\n/s);
      await using(open(api), async () => undefined);
    },
  },
  {
    id: 'RTM-029',
    promise: 'reports bad credentials even to a client that sends nothing',
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
    promise: 'sends nothing else before `connection_error`, even if the client has sent a `start` meanwhile',
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
  {
    id: 'RTM-281',
    promise: 'answers a good API key without a `host` in its header object `Required headers are missing.`',
    source: 'AppSync developer guide, real-time-websocket-client: "host" of every header object',
    evidence: 'inferred',
    async run(api) {
      const { host: _host, ...header } = await headerObject(api);
      const { error } = await refusal(api, { protocols: ['graphql-ws', `header-${base64Url(header)}`] });
      assert.deepEqual(error, MISSING);
    },
  },
];

const upgrades: Check[] = [
  {
    id: 'RTM-031',
    promise: 'refuses an upgrade on an unknown path, without opening a socket',
    source: 'awslabs/aws-mobile-appsync-sdk-js#768',
    evidence: 'observed',
    async run(api) {
      const answer = await upgrade(api, { path: '/graphql/nowhere' });
      assert.equal(answer.status, 404);
    },
  },
  {
    id: 'RTM-032',
    promise: 'continues to answer HTTP after refused upgrades',
    source: 'RFC 9110 7.8',
    evidence: 'documented',
    async run(api) {
      for (let turn = 0; turn < 20; turn += 1) {
        await upgrade(api, { path: '/graphql/nowhere' });
      }
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
    promise: 'sends its frames uncompressed, even if the client offers compression',
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
    promise: 'serves others while hundreds of upgrades are incomplete',
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

/** Who does not get a connection, and what has come of those who got none. */
export const refusalChecks: Check[] = [...refusals, ...upgrades];
