import assert from 'node:assert/strict';
import { iam } from '../../harness/target.ts';
import type { Check } from '../check.ts';
import { CLIENT_GUIDE } from './connections.ts';
import { errorsOf, open, publish, unique, using } from './wire.ts';

const onMessage = (id: string): string => `subscription { onMessage(id: "${id}") { id } }`;

const UNKNOWN = {
  type: 'error',
  payload: {
    errors: [
      { errorType: 'UnsupportedOperation', message: 'unknown not supported through the realtime channel' },
    ],
  },
};

/** What is no message of AppSync's, whatever else it may be. */
const strangers: Check[] = (
  [
    ['RTM-070', 'text that is not JSON', 'hello'],
    ['RTM-071', 'JSON that is not an object', '[1, 2]'],
    ['RTM-072', 'a message of an unknown type', { type: 'dance', id: '1' }],
    ['RTM-073', 'a message without a type', { id: '1' }],
    [
      'RTM-074',
      'the `subscribe` of graphql-ws',
      { type: 'subscribe', id: '1', payload: { query: onMessage('x') } },
    ],
    [
      'RTM-075',
      "Apollo's `start`, which has the query in its payload,",
      { type: 'start', id: '1', payload: { query: onMessage('x') } },
    ],
    [
      'RTM-076',
      'a `start` whose data is an object instead of text',
      { type: 'start', id: '1', payload: { data: { query: onMessage('x') } } },
    ],
    [
      'RTM-077',
      'a `start` whose data is text but not JSON',
      { type: 'start', id: '1', payload: { data: onMessage('x') } },
    ],
    [
      'RTM-078',
      'a `start` without an id',
      { type: 'start', payload: { data: JSON.stringify({ query: onMessage('x') }) } },
    ],
  ] as const
).map(([id, what, message]) => ({
  id,
  promise: `answers ${what} \`unknown not supported through the realtime channel\`, without an id`,
  source: 'artilleryio/artillery#1567, enisdenjo/graphql-ws#602, ChilliCream/graphql-platform#6468',
  evidence: ['RTM-074', 'RTM-075'].includes(id) ? 'observed' : 'inferred',
  async run(api) {
    await using(open(api), async (wire) => {
      wire.send(message);
      assert.deepEqual(await wire.next(), UNKNOWN);
    });
  },
}));

const refusedStarts: Check[] = [
  ...(['query', 'mutation'] as const).map((operation, index) => ({
    id: `RTM-08${index}`,
    promise: `refuses a ${operation} in \`start\`: \`UnsupportedOperation\``,
    source: 'aws-amplify/amplify-cli#4118, awslabs/aws-mobile-appsync-sdk-ios#372',
    evidence: 'observed' as const,
    async run(api: Parameters<Check['run']>[0]) {
      await using(open(api), async (wire) => {
        await wire.start(
          's',
          operation === 'query' ? '{ ready }' : 'mutation { whisper(message: "{}") { id } }',
        );
        assert.deepEqual(await wire.next(), {
          id: 's',
          type: 'error',
          payload: {
            errors: [
              {
                errorType: 'UnsupportedOperation',
                message: `${operation} not supported through the realtime channel`,
              },
            ],
          },
        });
      });
    },
  })),
  {
    id: 'RTM-082',
    promise: 'refuses a `start` whose query cannot be parsed, by its id',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription { onMessage');
        const frame = await wire.next();
        assert.deepEqual([frame.type, frame.id], ['error', 's']);
        assert.equal(errorsOf(frame).length, 1);
      });
    },
  },
  {
    id: 'RTM-083',
    promise:
      'refuses a `start` that the schema does not allow; the error has only a `message`, which names the field',
    source: 'aws-amplify/amplify-js#7114, aws-amplify/amplify-js#10148',
    evidence: 'observed',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription { onMessage { nothing } }');
        const message =
          "Validation error of type FieldUndefined: Field 'nothing' in type 'Message' is undefined @ 'onMessage/nothing'";
        assert.deepEqual(await wire.next(), { id: 's', type: 'error', payload: { errors: [{ message }] } });
      });
    },
  },
  {
    id: 'RTM-084',
    promise:
      'refuses a `start` with invalid variables; the error has only a `message`, which names the variable',
    source: 'aws-amplify/amplify-cli#7427',
    evidence: 'observed',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription ($how: String!) { onResolved(how: $how) { id } }', { how: null });
        const message = "Variable 'how' has coerced Null value for NonNull type 'String!'";
        assert.deepEqual(await wire.next(), { id: 's', type: 'error', payload: { errors: [{ message }] } });
      });
    },
  },
  {
    id: 'RTM-085',
    promise: 'refuses a `start` with two subscription fields',
    source: 'GraphQL specification 5.2.3.1',
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription { onMessage { id } onPublishedOrAnnounced { id } }');
        assert.equal((await wire.next()).type, 'error');
      });
    },
  },
  {
    id: 'RTM-086',
    promise: 'refuses a `start` with a wrong API key, even if the connection had a valid one',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', onMessage('x'), {}, { mode: 'raw', headers: { 'x-api-key': 'da2-wrong' } });
        assert.deepEqual(await wire.next(), {
          id: 's',
          type: 'error',
          payload: {
            errors: [
              {
                errorType: 'UnauthorizedException',
                message: 'You are not authorized to make this call.',
                errorCode: 401,
              },
            ],
          },
        });
      });
    },
  },
  {
    id: 'RTM-087',
    promise: 'refuses a `start` without `extensions.authorization`',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        const data = JSON.stringify({ query: onMessage('x') });
        wire.send({ type: 'start', id: 's', payload: { data } });
        const frame = await wire.next();
        assert.deepEqual([frame.type, frame.id], ['error', 's']);
        assert.equal(errorsOf(frame)[0]!.errorType, 'UnauthorizedException');
      });
    },
  },
  {
    id: 'RTM-088',
    promise: 'accepts the id of a refused `start` again, on the same connection',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription { nothing }');
        assert.equal((await wire.next()).type, 'error');
        await wire.subscribe('s', onMessage(unique()));
      });
    },
  },
  {
    id: 'RTM-089',
    promise: 'verifies the IAM signature of a `start` over POST `/graphql` with its data string',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    run: (api) =>
      using(open(api, { credentials: iam }), (wire) =>
        wire.subscribe('s', 'subscription { onSecret { id } }', {}, iam),
      ),
  },
  {
    id: 'RTM-090',
    promise:
      'refuses a signed `start` with data changed after signing: `BadRequestException`, and what should have been signed',
    source: 'awslabs/aws-mobile-appsync-sdk-js#561, awslabs/aws-mobile-appsync-sdk-js#619',
    evidence: 'observed',
    async run(api) {
      await using(open(api), async (wire) => {
        const data = JSON.stringify({ query: onMessage('x') });
        const authorization = await api.target.realtimeHeadersFor(iam, data);
        wire.send({
          type: 'start',
          id: 's',
          payload: { data: `${data} `, extensions: { authorization } },
        });
        const [error] = errorsOf(await wire.next());
        assert.equal(error?.errorType, 'BadRequestException');
        assert.match(
          String(error?.message),
          /^The request signature we calculated does not match .*\n\nThe Canonical String for this request should have been\n'POST\n\/graphql\n\n/s,
        );
      });
    },
  },
  {
    id: 'RTM-091',
    promise: 'lets a `start` use another authorization mode than the connection',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    run: (api) =>
      using(open(api), (wire) => wire.subscribe('s', 'subscription { onSecret { id } }', {}, iam)),
  },
  {
    id: 'RTM-092',
    promise: 'runs the operation that `operationName` names',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const id = unique();
      await using(open(api), async (wire) => {
        const query = `subscription A { onRequired { id } } subscription B { onMessage(id: "${id}") { id } }`;
        const data = JSON.stringify({ query, operationName: 'B' });
        const authorization = await api.target.realtimeHeadersFor({ mode: 'apiKey' }, data);
        wire.send({ type: 'start', id: 's', payload: { data, extensions: { authorization } } });
        assert.equal((await wire.next()).type, 'start_ack');
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
];

/** Added later. */
export const numberStartChecks: Check[] = [
  {
    id: 'RTM-280',
    promise: 'keeps every digit of a number for an ID in the variables of a `start`',
    source: 'graphql-java v11, Scalars',
    evidence: 'inferred',
    async run(api) {
      const id = String(9007199254740993n + BigInt(Date.now()));
      await using(open(api), async (wire) => {
        const query = 'subscription ($id: ID) { onMessage(id: $id) { id } }';
        const data = `{"query": ${JSON.stringify(query)}, "variables": {"id": ${id}}}`;
        const authorization = await api.target.realtimeHeadersFor({ mode: 'apiKey' }, data);
        wire.send({ type: 'start', id: 's', payload: { data, extensions: { authorization } } });
        assert.equal((await wire.next()).type, 'start_ack');
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
];

/** Messages that are none, and a `start` that has to prove itself. */
export const startChecks: Check[] = [...strangers, ...refusedStarts];
