import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { CLIENT_GUIDE } from './connections.ts';
import { dial, open, publish, subscribed, unique, using } from './wire.ts';

const onMessage = (id: string): string => `subscription { onMessage(id: "${id}") { id } }`;

const opening: Check[] = [
  {
    id: 'RTM-050',
    promise: 'answers `connection_init` with `connection_ack` and `connectionTimeoutMs` 300000',
    source: 'AppSync developer guide, real-time-websocket-client, ChilliCream/graphql-platform#6468',
    evidence: 'observed',
    async run(api) {
      await using(dial(api), async (wire) => {
        wire.send({ type: 'connection_init' });
        assert.deepEqual(await wire.frame(), {
          type: 'connection_ack',
          payload: { connectionTimeoutMs: 300_000 },
        });
      });
    },
  },
  {
    id: 'RTM-051',
    promise: 'sends the first `ka` immediately after the ack',
    source: 'ChilliCream/graphql-platform#6468',
    evidence: 'observed',
    run: (api) => using(open(api), async (wire) => assert.deepEqual(await wire.frame(), { type: 'ka' })),
  },
  {
    id: 'RTM-052',
    promise: 'accepts `connection_init` with a payload, as older clients send it',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(dial(api), async (wire) => {
        wire.send({ type: 'connection_init', payload: {} });
        assert.equal((await wire.frame()).type, 'connection_ack');
      });
    },
  },
  {
    id: 'RTM-053',
    promise: 'acknowledges a second `connection_init` and keeps the subscriptions',
    source: CLIENT_GUIDE,
    evidence: 'chosen',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id)), async (wire) => {
        wire.send({ type: 'connection_init' });
        assert.equal((await wire.next()).type, 'connection_ack');
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
];

const subscribing: Check[] = [
  {
    id: 'RTM-054',
    promise: 'acknowledges a `start` by its id, and sends nothing else',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        await wire.start('some id', onMessage(unique()));
        assert.deepEqual(await wire.next(), { id: 'some id', type: 'start_ack' });
      });
    },
  },
  {
    id: 'RTM-055',
    promise: 'sends an event as `data` with the id of its `start`',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id)), async (wire) => {
        await publish(api, { id });
        assert.deepEqual(await wire.next(), {
          id: 's',
          type: 'data',
          payload: { data: { onMessage: { id } } },
        });
      });
    },
  },
  {
    id: 'RTM-056',
    promise: 'sends `start_ack` before the first `data`, even if events arrive without pause',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(open(api), async (wire) => {
        const publishing = Promise.all(Array.from({ length: 20 }, () => publish(api, { id })));
        await wire.start('s', onMessage(id));
        assert.equal((await wire.next()).type, 'start_ack');
        await publishing;
        await publish(api, { id });
        assert.equal((await wire.next()).type, 'data');
      });
    },
  },
  {
    id: 'RTM-057',
    promise: 'answers `stop` with `complete` and that id',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(subscribed(api, onMessage(unique())), async (wire) => {
        wire.send({ type: 'stop', id: 's' });
        assert.deepEqual(await wire.next(), { id: 's', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-058',
    promise: 'sends no event to a subscription that has stopped',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id)), async (wire) => {
        await wire.subscribe('other', onMessage(id));
        wire.send({ type: 'stop', id: 's' });
        await wire.next();
        await publish(api, { id });
        assert.equal((await wire.next()).id, 'other');
        await assert.rejects(wire.next(50));
      });
    },
  },
  {
    id: 'RTM-059',
    promise: 'answers `stop` of an id that is not subscribed with `complete`',
    source: 'amplify-appsync-simulator',
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async (wire) => {
        wire.send({ type: 'stop', id: 'nobody' });
        assert.deepEqual(await wire.next(), { id: 'nobody', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-060',
    promise: 'accepts an id again after its subscription has stopped',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(unique())), async (wire) => {
        wire.send({ type: 'stop', id: 's' });
        await wire.next();
        await wire.subscribe('s', onMessage(id));
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
  {
    id: 'RTM-061',
    promise: 'refuses the id of an active subscription: `DuplicatedOperationError`',
    source: 'aws-amplify/amplify-js#12818',
    evidence: 'observed',
    async run(api) {
      await using(subscribed(api, onMessage(unique())), async (wire) => {
        await wire.start('s', onMessage(unique()));
        assert.deepEqual(await wire.next(), {
          id: 's',
          type: 'error',
          payload: {
            errors: [{ errorType: 'DuplicatedOperationError', message: 'Duplicated operation with id s' }],
          },
        });
      });
    },
  },
  {
    id: 'RTM-062',
    promise: 'keeps the active subscription when its id is refused',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id)), async (wire) => {
        await wire.start('s', onMessage(unique()));
        await wire.next();
        await publish(api, { id });
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
  {
    id: 'RTM-063',
    promise: 'keeps several subscriptions on a connection apart by their ids',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const [first, second] = [unique(), unique()];
      await using(open(api), async (wire) => {
        await wire.subscribe('1', onMessage(first));
        await wire.subscribe('2', onMessage(second));
        await publish(api, { id: second });
        assert.equal((await wire.next()).id, '2');
        await publish(api, { id: first });
        assert.equal((await wire.next()).id, '1');
      });
    },
  },
  {
    id: 'RTM-064',
    promise: 'lets two connections use the same id',
    source: CLIENT_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id)), (one) =>
        using(subscribed(api, onMessage(id)), async (two) => {
          await publish(api, { id });
          assert.deepEqual(await one.next(), await two.next());
        }),
      );
    },
  },
  {
    id: 'RTM-065',
    promise:
      'accepts 200 subscriptions on a connection and refuses the next with an error in which `errors` is an object',
    source: 'AWS General Reference, AppSync endpoints and quotas, aws-amplify/amplify-js#8370',
    evidence: 'observed',
    async run(api) {
      await using(open(api), async (wire) => {
        for (let index = 0; index < 200; index += 1) {
          await wire.subscribe(String(index), onMessage(unique()));
        }
        await wire.start('one too many', onMessage(unique()));
        assert.deepEqual(await wire.next(), {
          id: 'one too many',
          type: 'error',
          payload: {
            errors: {
              errorType: 'MaxSubscriptionsReachedError',
              message: 'Max number of 200 subscriptions reached',
            },
          },
        });
        wire.send({ type: 'stop', id: '0' });
        await wire.next();
        await wire.subscribe('one too many', onMessage(unique()));
      });
    },
  },
  {
    id: 'RTM-066',
    promise: 'subscribes without `variables` in the data',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    run: (api) => using(open(api), (wire) => wire.subscribe('s', onMessage(unique()), undefined)),
  },
  {
    id: 'RTM-067',
    promise: 'subscribes with null for `variables`',
    source: CLIENT_GUIDE,
    evidence: 'inferred',
    run: (api) => using(open(api), (wire) => wire.subscribe('s', onMessage(unique()), null)),
  },
];

/** A session that goes as it should, and ids. */
export const sessionChecks: Check[] = [...opening, ...subscribing];
