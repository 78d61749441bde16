import assert from 'node:assert/strict';
import { apiKey, type Credentials, iam, oidcUser, user } from '../../../harness/target.ts';
import type { Check } from '../../check.ts';
import {
  connectAs,
  connectionRefused,
  EXPIRED,
  MISSING,
  NOT_AUTHORIZED,
  raw,
  refusedStart,
  startAs,
  token,
  UNPARSABLE,
  type Refusal,
} from '../requests.ts';

const REALTIME = 'AppSync developer guide, real-time-websocket-client';
const ON_NOTE = 'subscription { onNote { id } }';

const CALLERS: [string, string, Credentials][] = [
  ['AUT-111', 'an API key', apiKey],
  ['AUT-112', 'a signature over `/graphql/connect`', iam],
  ['AUT-113', 'a user pool token', user('ulf')],
  ['AUT-114', 'an OpenID Connect token', oidcUser('olga')],
  ['AUT-115', 'a token for the Lambda authorizer', token('allow realtime')],
];

const REFUSED: [string, string, Credentials, Refusal, Check['evidence']][] = [
  ['AUT-116', 'a wrong API key', raw({ 'x-api-key': 'da2-wrong' }), NOT_AUTHORIZED, 'observed'],
  [
    'AUT-117',
    'a token that the Lambda authorizer denies',
    token('deny realtime'),
    NOT_AUTHORIZED,
    'inferred',
  ],
  ['AUT-118', 'an invalid JWT', token('Bearer nonsense'), UNPARSABLE, 'inferred'],
  [
    'AUT-119',
    'an expired OpenID Connect token',
    oidcUser('olga', { claims: { exp: 1 } }),
    EXPIRED,
    'inferred',
  ],
  ['AUT-120', 'a header object without credentials', raw({ host: 'localhost' }), MISSING, 'inferred'],
];

/** Who may connect and subscribe. */
export const realtimeChecks: Check[] = [
  ...CALLERS.map(([id, what, credentials]): Check => ({
    id,
    promise: `acknowledges a connection with ${what}`,
    source: REALTIME,
    evidence: 'documented',
    async run(api) {
      const { socket, answer } = await connectAs(api, credentials);
      socket.close();
      assert.equal(answer.type, 'connection_ack', JSON.stringify(answer));
    },
  })),
  ...REFUSED.map(([id, what, credentials, refusal, evidence]): Check => ({
    id,
    promise: `answers \`connection_error\` to ${what}`,
    source: 'docs/facts/real-time.md#connection-error',
    evidence,
    localOnly: id === 'AUT-119',
    run: (api) => connectionRefused(api, credentials, refusal),
  })),
  ...(
    [
      ['AUT-121', 'an API key', apiKey],
      ['AUT-122', 'a user pool token', user('ulf')],
      ['AUT-123', 'an OpenID Connect token', oidcUser('olga')],
      ['AUT-124', 'a token for the Lambda authorizer', token('allow realtime')],
    ] as [string, string, Credentials][]
  ).map(([id, what, credentials]): Check => ({
    id,
    promise: `acknowledges a start with ${what} on a field that is open to it`,
    source: REALTIME,
    evidence: 'documented',
    async run(api) {
      assert.equal((await startAs(api, ON_NOTE, credentials)).type, 'start_ack');
    },
  })),
  {
    id: 'AUT-125',
    promise: 'authorizes a start separately, also in another mode than the connection',
    source: 'docs/facts/real-time.md#start',
    evidence: 'inferred',
    async run(api) {
      const query = 'subscription { onNoteByIam { id } }';
      assert.equal((await startAs(api, query, iam, apiKey)).type, 'start_ack');
      assert.equal((await startAs(api, query, apiKey, iam)).type, 'error');
    },
  },
  {
    id: 'AUT-126',
    promise: 'refuses a start on a field of another mode with its `Unauthorized` entry',
    source: 'aws-amplify/amplify-js#12679, aws-amplify/amplify-category-api, AuthV2Transformer.e2e.test.ts',
    evidence: 'observed',
    async run(api) {
      const answer = await startAs(api, 'subscription { onNoteByIam { id } }', apiKey);
      const errors = [refusedStart('Subscription', 'onNoteByIam')];
      assert.deepEqual(answer, { id: '1', type: 'error', payload: { errors } });
    },
  },
  {
    id: 'AUT-127',
    promise: 'refuses a start on a field without directives to all but the default mode',
    source: 'AppSync developer guide, security-authz, "Using additional authorization modes"',
    evidence: 'documented',
    async run(api) {
      const query = 'subscription { onNoteByDefault { id } }';
      assert.equal((await startAs(api, query, apiKey)).type, 'start_ack');
      assert.equal((await startAs(api, query, iam)).type, 'error');
    },
  },
  {
    id: 'AUT-128',
    promise: 'refuses a start that selects a field of the returned type which is not open to the caller',
    source: 'AppSync developer guide, security-authz, "Using additional authorization modes"',
    evidence: 'documented',
    async run(api) {
      const answer = await startAs(api, 'subscription { onNote { id forIam } }', apiKey);
      const errors = [refusedStart('Note', 'forIam')];
      assert.deepEqual(answer, { id: '1', type: 'error', payload: { errors } });
    },
  },
  {
    id: 'AUT-129',
    promise: 'refuses a start with invalid credentials, and keeps the connection',
    source: 'docs/facts/real-time.md#start-unauthorized',
    evidence: 'inferred',
    async run(api) {
      const { payload, type } = await startAs(api, ON_NOTE, token('deny start'), apiKey);
      const [errorCode, errorType, message] = NOT_AUTHORIZED;
      assert.deepEqual(
        { type, payload },
        { type: 'error', payload: { errors: [{ errorType, message, errorCode }] } },
      );
    },
  },
  {
    id: 'AUT-130',
    promise: 'refuses a start on a subscription field that the Lambda authorizer has denied',
    source: 'AppSync developer guide, security-authz, "AWS_LAMBDA authorization"',
    evidence: 'documented',
    async run(api) {
      const answer = await startAs(api, ON_NOTE, token('mutation and subscription'));
      const errors = [refusedStart('Subscription', 'onNote')];
      assert.deepEqual(answer, { id: '1', type: 'error', payload: { errors } });
    },
  },
];
