import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { errorsOf, type Frame, idsUntil, open, publish, subscribed, unique, using } from './wire.ts';

const DATA_GUIDE = 'DG aws-appsync-real-time-data';

const onResolved =
  'subscription ($how: String!, $value: AWSJSON) { onResolved(how: $how, value: $value) { id text } }';

/** The answer to a `start`. */
const answer = (api: ConformanceApi, query: string, variables?: unknown): Promise<Frame> =>
  using(open(api), async (wire) => {
    await wire.start('s', query, variables);
    return wire.next();
  });

const nullError = (path: string[], type: string, parent: string) => ({
  message: `Cannot return null for non-nullable type: '${type}' within parent '${parent}' (/${path.join('/')})`,
  path,
});

/** What the resolver of a subscription may do at its `start`. */
export const resolverChecks: Check[] = [
  {
    id: 'RTM-240',
    promise: 'refuses a subscription whose resolver raises an error, with all that the error has',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const frame = await answer(api, 'subscription { onResolved(how: "error") { id } }');
      assert.deepEqual([frame.type, frame.id], ['error', 's']);
      const [{ locations: _, ...error } = {}, ...more] = errorsOf(frame);
      assert.deepEqual(more, []);
      assert.deepEqual(error, {
        path: ['onResolved'],
        data: null,
        errorType: 'NotToday',
        errorInfo: { until: 'tomorrow' },
        message: 'not today',
      });
    },
  },
  {
    id: 'RTM-241',
    promise: 'refuses a subscription whose resolver calls `util.unauthorized()`',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'unauthorized' });
      assert.equal(frame.type, 'error');
      const [error] = errorsOf(frame);
      assert.equal(error!.errorType, 'Unauthorized');
      assert.equal(error!.message, 'Not Authorized to access onResolved on type Subscription');
    },
  },
  {
    id: 'RTM-242',
    promise: 'refuses a subscription whose resolver appends an error',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'append' });
      assert.equal(frame.type, 'error');
      assert.equal(errorsOf(frame)[0]!.errorType, 'Seen');
    },
  },
  {
    id: 'RTM-243',
    promise: 'subscribes where the resolver returns null',
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'return', value: null });
      assert.deepEqual(frame, { id: 's', type: 'start_ack' });
    },
  },
  {
    id: 'RTM-244',
    promise: "subscribes where the resolver returns a value of the field's type",
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const value = JSON.stringify({ id: '1', text: 'first' });
      assert.equal((await answer(api, onResolved, { how: 'return', value })).type, 'start_ack');
    },
  },
  {
    id: 'RTM-245',
    promise: 'refuses a subscription whose resolver returns an object that lacks a required field',
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'return', value: '{"text":"no id"}' });
      assert.equal(frame.type, 'error');
      const [{ message, path } = {}] = errorsOf(frame);
      assert.deepEqual({ message, path }, nullError(['onResolved', 'id'], 'ID', 'Message'));
    },
  },
  {
    id: 'RTM-246',
    promise: 'refuses a subscription whose resolver returns a value of another type',
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'inferred',
    async run(api) {
      const frame = await answer(api, onResolved, { how: 'return', value: '"text"' });
      assert.equal(frame.type, 'error');
      assert.deepEqual(errorsOf(frame)[0]!.path, ['onResolved']);
    },
  },
  {
    id: 'RTM-247',
    promise: 'refuses a subscription that may not be null where the resolver returns null',
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'inferred',
    async run(api) {
      const frame = await answer(api, 'subscription { onResolvedRequired { id } }');
      assert.equal(frame.type, 'error');
      const [{ message, path } = {}] = errorsOf(frame);
      assert.deepEqual({ message, path }, nullError(['onResolvedRequired'], 'Message', 'Subscription'));
    },
  },
  {
    id: 'RTM-248',
    promise: 'subscribes to a field that may not be null where the resolver returns a value',
    source: 'aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const query = 'subscription ($value: AWSJSON) { onResolvedRequired(value: $value) { id } }';
      assert.equal((await answer(api, query, { value: '{"id":"1"}' })).type, 'start_ack');
    },
  },
  {
    id: 'RTM-249',
    promise: 'subscribes to a field without a resolver, also one that may not be null',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.equal((await answer(api, 'subscription { onRequired { id } }')).type, 'start_ack');
    },
  },
  {
    id: 'RTM-250',
    promise: "brings the mutation's result to subscribers, not what the resolver returned",
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
        const authorization = await api.target.headersFor({ mode: 'apiKey' }, data);
        const extensions = { authorization: { ...authorization, 'x-tenant': 'v1' } };
        wire.send({ type: 'start', id: 's', payload: { data, extensions } });
        const [error] = errorsOf(await wire.next());
        assert.deepEqual(error!.errorInfo, {
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
    source: 'amplify-category-api e2e tests',
    evidence: 'observed',
    async run(api) {
      const frame = await answer(api, 'subscription { onSecret { id } }');
      assert.equal(frame.type, 'error');
      const [error] = errorsOf(frame);
      assert.equal(error!.errorType, 'Unauthorized');
      assert.equal(error!.message, 'Not Authorized to access onSecret on type Subscription');
    },
  },
  {
    id: 'RTM-253',
    promise: 'refuses a subscription that selects fields of another authorization mode',
    source: 'DG security-authz',
    evidence: 'documented',
    async run(api) {
      const frame = await answer(api, 'subscription { onVault { id } }');
      assert.equal(frame.type, 'error');
      assert.equal(errorsOf(frame)[0]!.message, 'Not Authorized to access id on type Vault');
    },
  },
];
