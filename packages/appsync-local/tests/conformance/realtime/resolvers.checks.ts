import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { errorsOf, type Frame, idsUntil, open, publish, subscribed, unique, using } from './wire.ts';

const DATA_GUIDE = 'AppSync developer guide, aws-appsync-real-time-data';

const onResolved =
  'subscription ($how: String!, $value: AWSJSON) { onResolved(how: $how, value: $value) { id text } }';

/** The answer to a `start`. */
const answer = (api: ConformanceApi, query: string, variables?: unknown): Promise<Frame> =>
  using(open(api), async (wire) => {
    await wire.start('s', query, variables);
    return wire.next();
  });

const refusedFor = (...errors: { errorType?: string; message: string }[]): Frame => ({
  id: 's',
  type: 'error',
  payload: { errors },
});

const nullError = (path: string[], type: string, parent: string) => ({
  message: `Cannot return null for non-nullable type: '${type}' within parent '${parent}' (/${path.join('/')})`,
});

const notAuthorized = (field: string, type: string) => ({
  errorType: 'Unauthorized',
  message: `Not Authorized to access ${field} on type ${type}`,
});

/** What the resolver of a subscription may do at its `start`. */
export const resolverChecks: Check[] = [
  {
    id: 'RTM-240',
    promise: 'refuses a subscription whose resolver raises an error, with only its `errorType` and `message`',
    source: 'aws/aws-appsync-community#355, aws-amplify/amplify-js#12679',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(
        await answer(api, 'subscription { onResolved(how: "error") { id } }'),
        refusedFor({ errorType: 'NotToday', message: 'not today' }),
      );
    },
  },
  {
    id: 'RTM-241',
    promise: 'refuses a subscription whose resolver calls `util.unauthorized()`',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(
        await answer(api, onResolved, { how: 'unauthorized' }),
        refusedFor(notAuthorized('onResolved', 'Subscription')),
      );
    },
  },
  {
    id: 'RTM-242',
    promise: 'refuses a subscription whose resolver appends an error',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await answer(api, onResolved, { how: 'append' }),
        refusedFor({ errorType: 'Seen', message: 'seen' }),
      );
    },
  },
  {
    id: 'RTM-243',
    promise: 'subscribes if the resolver returns null',
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'return', value: null });
      assert.deepEqual(frame, { id: 's', type: 'start_ack' });
    },
  },
  {
    id: 'RTM-244',
    promise: "subscribes if the resolver returns a value of the field's type",
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const value = JSON.stringify({ id: '1', text: 'first' });
      assert.equal((await answer(api, onResolved, { how: 'return', value })).type, 'start_ack');
    },
  },
  {
    id: 'RTM-245',
    promise: 'refuses a subscription whose resolver returns an object that lacks a required field',
    source: 'awslabs/aws-mobile-appsync-sdk-ios#319',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(
        await answer(api, onResolved, { how: 'return', value: '{"text":"no id"}' }),
        refusedFor(nullError(['onResolved', 'id'], 'ID', 'Message')),
      );
    },
  },
  {
    id: 'RTM-246',
    promise: 'refuses a subscription whose resolver returns a value of another type',
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'inferred',
    async run(api) {
      const message =
        "Can't resolve value (/onResolved) : type mismatch error, expected type OBJECT, got SCALAR";
      assert.deepEqual(
        await answer(api, onResolved, { how: 'return', value: '"text"' }),
        refusedFor({ message }),
      );
    },
  },
  {
    id: 'RTM-247',
    promise: 'refuses a non-null subscription field if the resolver returns null',
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await answer(api, 'subscription { onResolvedRequired { id } }'),
        refusedFor(nullError(['onResolvedRequired'], 'Message', 'Subscription')),
      );
    },
  },
  {
    id: 'RTM-248',
    promise: 'subscribes to a non-null field if the resolver returns a value',
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const query = 'subscription ($value: AWSJSON) { onResolvedRequired(value: $value) { id } }';
      assert.equal((await answer(api, query, { value: '{"id":"1"}' })).type, 'start_ack');
    },
  },
  {
    id: 'RTM-249',
    promise: 'subscribes to a field without a resolver, even a non-null one',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.equal((await answer(api, 'subscription { onRequired { id } }')).type, 'start_ack');
    },
  },
  {
    id: 'RTM-250',
    promise: "delivers the mutation's result to subscribers, not the resolver's",
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(subscribed(api, 'subscription { onFixed { id } }'), async (wire) => {
        const id = unique();
        await publish(api, { id });
        assert.deepEqual(await idsUntil(wire, 'onFixed', id), [id]);
      });
    },
  },
  {
    id: 'RTM-251',
    promise: 'gives the resolver the arguments, the identity, the selection and the headers of the `start`',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const query = 'subscription { onResolved(how: "tell") { id author { name } } }';
        const data = JSON.stringify({ query });
        const authorization = await api.target.realtimeHeadersFor({ mode: 'apiKey' }, data);
        const extensions = { authorization: { ...authorization, 'x-tenant': 'v1' } };
        wire.send({ type: 'start', id: 's', payload: { data, extensions } });
        const [error] = errorsOf(await wire.next());
        assert.deepEqual(JSON.parse(String(error!.message)), {
          args: { how: 'tell' },
          identity: null,
          tenant: 'v1',
          field: 'onResolved',
          type: 'Subscription',
          selected: ['id', 'author', 'author/name'],
        });
      });
    },
  },
  {
    id: 'RTM-252',
    promise: 'refuses a subscription field of another authorization mode, by its name',
    source: 'aws-amplify/amplify-js#12679, amplify-category-api e2e tests',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(
        await answer(api, 'subscription { onSecret { id } }'),
        refusedFor(notAuthorized('onSecret', 'Subscription')),
      );
    },
  },
  {
    id: 'RTM-253',
    promise: 'refuses a subscription that selects fields of another authorization mode',
    source: 'AppSync developer guide, security-authz',
    evidence: 'documented',
    async run(api) {
      const frame = await answer(api, 'subscription { onVault { id } }');
      assert.equal(frame.type, 'error');
      assert.equal(errorsOf(frame)[0]!.message, 'Not Authorized to access id on type Vault');
    },
  },
];

/** The same, added later. */
export const deniedChecks: Check[] = [
  {
    id: 'RTM-279',
    promise: 'refuses a subscription whose resolver raises an error without a type, with only its `message`',
    source: 'aws-amplify/amplify-flutter#3388',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(
        await answer(api, onResolved, { how: 'denied' }),
        refusedFor({ message: 'Access denied' }),
      );
    },
  },
];
