import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { open, publish, unique, using, type Wire } from './wire.ts';

const INVALIDATION_GUIDE = 'AppSync developer guide, aws-appsync-real-time-invalidation';
const EXTENSIONS = 'AppSync developer guide, extensions-js';

interface Invalidation {
  subscriptionField: string;
  payload: Record<string, unknown>;
}

const invalidate = (api: ConformanceApi, ...calls: Invalidation[]) =>
  api.graphql('mutation ($calls: AWSJSON!) { invalidate(calls: $calls) }', { calls: JSON.stringify(calls) });

/** Subscribes with an invalidation filter on `user`; null sets none. */
const until = (wire: Wire, id: string, user: string | null, field = 'onUntil'): Promise<void> =>
  wire.subscribe(id, `subscription ($filter: AWSJSON) { ${field}(filter: $filter) { id } }`, {
    filter:
      user === null
        ? null
        : JSON.stringify({
            filterGroup: [{ filters: [{ fieldName: 'user', operator: 'eq', value: user }] }],
          }),
  });

/** Frames that are there by now, without keep-alives. */
async function frames(wire: Wire): Promise<string[]> {
  wire.send({ type: 'stop', id: 'end' });
  const seen: string[] = [];
  for (let frame = await wire.next(); frame.id !== 'end'; frame = await wire.next()) {
    seen.push(`${String(frame.type)} ${String(frame.id)}`);
  }
  return seen;
}

const gone = (user: string, subscriptionField = 'onUntil'): Invalidation => ({
  subscriptionField,
  payload: { user },
});

export const invalidationChecks: Check[] = [
  {
    id: 'RTM-260',
    promise: 'ends the subscriptions with an invalidation filter that matches the payload, with `complete`',
    source: INVALIDATION_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const user = unique();
        await until(wire, 'hers', user);
        assert.deepEqual(await invalidate(api, gone(user)), { data: { invalidate: true } });
        assert.deepEqual(await wire.next(), { id: 'hers', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-261',
    promise: 'keeps subscriptions with an invalidation filter that does not match',
    source: INVALIDATION_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const user = unique();
        await until(wire, 'hers', user);
        await until(wire, 'his', `${user}-other`);
        await invalidate(api, gone(user));
        assert.deepEqual(await frames(wire), ['complete hers']);
      });
    },
  },
  {
    id: 'RTM-262',
    promise: 'keeps subscriptions without an invalidation filter',
    source: INVALIDATION_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await until(wire, 'hers', null);
        await invalidate(api, gone(unique()));
        assert.deepEqual(await frames(wire), []);
      });
    },
  },
  {
    id: 'RTM-263',
    promise: 'keeps the subscriptions of other fields',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const user = unique();
        await until(wire, 'other field', user, 'onUntilToo');
        await until(wire, 'hers', user);
        await invalidate(api, gone(user));
        assert.deepEqual(await frames(wire), ['complete hers']);
      });
    },
  },
  {
    id: 'RTM-264',
    promise: 'ends subscriptions on every connection',
    source: INVALIDATION_GUIDE,
    evidence: 'documented',
    async run(api) {
      const user = unique();
      await using(open(api), (one) =>
        using(open(api), async (two) => {
          await until(one, 'a', user);
          await until(two, 'b', user);
          await invalidate(api, gone(user));
          assert.deepEqual([await frames(one), await frames(two)], [['complete a'], ['complete b']]);
        }),
      );
    },
  },
  {
    id: 'RTM-265',
    promise: 'sends no event to a subscription it has ended',
    source: INVALIDATION_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const user = unique();
        await until(wire, 'hers', user);
        await invalidate(api, gone(user));
        await wire.next();
        await publish(api, { id: unique() });
        assert.deepEqual(await frames(wire), []);
      });
    },
  },
  {
    id: 'RTM-266',
    promise: 'keeps the connection, and accepts the id again',
    source: INVALIDATION_GUIDE,
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async (wire) => {
        const user = unique();
        await until(wire, 'hers', user);
        await invalidate(api, gone(user));
        await wire.next();
        await until(wire, 'hers', user);
      });
    },
  },
  {
    id: 'RTM-267',
    promise: 'accepts five calls of `invalidateSubscriptions` in a request',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const users = Array.from({ length: 5 }, () => unique());
        for (const [index, user] of users.entries()) {
          await until(wire, String(index), user);
        }
        await invalidate(api, ...users.map((user) => gone(user)));
        assert.deepEqual(
          (await frames(wire)).sort(),
          users.map((_, index) => `complete ${index}`),
        );
      });
    },
  },
  {
    id: 'RTM-268',
    promise: 'answers a sixth call in a request with a GraphQL error',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      const calls = Array.from({ length: 6 }, () => gone(unique()));
      const { data, errors } = await invalidate(api, ...calls);
      assert.deepEqual(data, { invalidate: null });
      assert.deepEqual(
        errors?.map(({ path }) => path),
        [['invalidate']],
      );
    },
  },
  {
    id: 'RTM-269',
    promise: 'counts the same call once',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      const call = gone(unique());
      assert.deepEqual(await invalidate(api, ...Array.from({ length: 9 }, () => call)), {
        data: { invalidate: true },
      });
    },
  },
  {
    id: 'RTM-270',
    promise: 'counts the calls of all mutation fields in a request',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      const calls = Array.from({ length: 4 }, () => gone(unique()));
      const rest = Array.from({ length: 4 }, () => gone(unique()));
      const { data, errors } = await api.graphql(
        'mutation ($a: AWSJSON!, $b: AWSJSON!, $c: AWSJSON!) { a: invalidate(calls: $a) b: invalidate(calls: $b) c: invalidate(calls: $c) }',
        { a: JSON.stringify(calls), b: JSON.stringify(rest), c: '[]' },
      );
      assert.deepEqual(data, { a: true, b: null, c: true });
      assert.equal(errors?.length, 1);
    },
  },
  {
    id: 'RTM-271',
    promise: 'ends nothing for the calls of a mutation field that made too many',
    source: EXTENSIONS,
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async (wire) => {
        const users = Array.from({ length: 6 }, () => unique());
        await until(wire, 'first', users[0]!);
        await invalidate(api, ...users.map((user) => gone(user)));
        assert.deepEqual(await frames(wire), []);
      });
    },
  },
  {
    id: 'RTM-272',
    promise: 'accepts a subscription field without subscribers',
    source: EXTENSIONS,
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(await invalidate(api, gone(unique(), 'onUntilToo')), { data: { invalidate: true } });
    },
  },
  {
    id: 'RTM-273',
    promise: 'refuses a subscription with an invalid invalidation filter',
    source: EXTENSIONS,
    evidence: 'inferred',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('s', 'subscription { onUntil(filter: "{\\"filterGroup\\":7}") { id } }');
        assert.equal((await wire.next()).type, 'error');
      });
    },
  },
];
