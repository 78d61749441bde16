import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { jsonLiteral, open, publish, subscribed, unique, using } from './wire.ts';

const DATA_GUIDE = 'AppSync developer guide, aws-appsync-real-time-data';

const onMessage = (id: string, selection = 'id'): string =>
  `subscription { onMessage(id: "${id}") { ${selection} } }`;

/** Publishes and returns what the subscriber got for it. */
async function delivered(
  api: ConformanceApi,
  message: Record<string, unknown>,
  selections: { mutation: string; subscription: string },
): Promise<unknown> {
  const id = unique();
  return using(subscribed(api, onMessage(id, selections.subscription)), async (wire) => {
    await publish(api, { id, ...message }, `id ${selections.mutation}`);
    return wire.data();
  });
}

const pathText = (path: (string | number)[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`)).join('');

const nullError = (type: string, parent: string, ...path: (string | number)[]) => ({
  message: `Cannot return null for non-nullable type: '${type}' within parent '${parent}' (${pathText(path)})`,
  path,
});

/** What of a mutation reaches a subscriber. */
export const payloadChecks: Check[] = [
  {
    id: 'RTM-140',
    promise:
      'delivers the fields that both mutation and subscription select; other fields of the subscription are null',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const { data } = (await delivered(
        api,
        { text: 'hi', room: 'r', likes: 0 },
        { mutation: 'text likes', subscription: 'text room likes' },
      )) as { data: unknown };
      assert.deepEqual(data, { onMessage: { text: 'hi', room: null, likes: 0 } });
    },
  },
  {
    id: 'RTM-141',
    promise: 'leaves out fields that the mutation selected and the subscription did not',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(
        await delivered(api, { text: 'hi', room: 'r' }, { mutation: 'text room', subscription: 'room' }),
        { data: { onMessage: { room: 'r' } } },
      );
    },
  },
  {
    id: 'RTM-142',
    promise:
      'reports each required field that the mutation did not select, with message and path only, and the field is null',
    source:
      'aws-amplify/amplify-category-api#1338, awslabs/aws-mobile-appsync-sdk-js#493, aws-amplify/amplify-cli#5542',
    evidence: 'observed',
    async run(api) {
      await using(
        subscribed(api, 'subscription { onReceipt { id createdAt updatedAt owner } }'),
        async (wire) => {
          const receipt = { id: 'r', createdAt: '2026-11-24T10:00:00Z', updatedAt: '2026-11-24T10:00:00Z' };
          await api.succeed(`mutation { issue(receipt: ${jsonLiteral(receipt)}) { id } }`);
          assert.deepEqual(await wire.data(), {
            data: { onReceipt: null },
            errors: [
              nullError('AWSDateTime', 'Receipt', 'onReceipt', 'createdAt'),
              nullError('AWSDateTime', 'Receipt', 'onReceipt', 'updatedAt'),
            ],
          });
        },
      );
    },
  },
  {
    id: 'RTM-143',
    promise: 'makes the nearest nullable field null for a null in a required place, and no other',
    source: 'GraphQL specification 6.4.4',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await delivered(
          api,
          { text: 'hi', author: { name: 'Ada', city: 'London' } },
          { mutation: 'text author { city }', subscription: 'text author { name city }' },
        ),
        {
          data: { onMessage: { text: 'hi', author: null } },
          errors: [nullError('String', 'Author', 'onMessage', 'author', 'name')],
        },
      );
    },
  },
  {
    id: 'RTM-144',
    promise: 'says in a list which element lacks a required field',
    source: 'GraphQL specification 6.4.4',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await delivered(
          api,
          { authors: [{ name: 'Ada' }, { name: 'Bob' }] },
          { mutation: 'authors { city }', subscription: 'authors { name }' },
        ),
        {
          data: { onMessage: { authors: [null, null] } },
          errors: [
            nullError('String', 'Author', 'onMessage', 'authors', 0, 'name'),
            nullError('String', 'Author', 'onMessage', 'authors', 1, 'name'),
          ],
        },
      );
    },
  },
  {
    id: 'RTM-145',
    promise: 'does not run resolvers of the result for subscribers',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await delivered(api, {}, { mutation: '', subscription: 'stamp' }), {
        data: { onMessage: { stamp: null } },
      });
    },
  },
  {
    id: 'RTM-146',
    promise: "delivers values that a resolver of the result made for the mutation's caller",
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await delivered(api, {}, { mutation: 'stamp', subscription: 'stamp' }), {
        data: { onMessage: { stamp: 'stamped' } },
      });
    },
  },
  {
    id: 'RTM-147',
    promise: 'delivers null for fields that the mutation selected under an alias, at every level',
    source: 'aws/aws-appsync-community#160',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(
        await delivered(
          api,
          { text: 'hi', author: { name: 'Ada', city: 'London' }, likes: 1 },
          {
            mutation: 't: text author { name c: city } likes',
            subscription: 'text author { name city } likes',
          },
        ),
        { data: { onMessage: { text: null, author: { name: 'Ada', city: null }, likes: 1 } } },
      );
    },
  },
  {
    id: 'RTM-148',
    promise: 'answers by the aliases of the subscription, also that of its root field',
    source: 'GraphQL specification 2.7',
    evidence: 'inferred',
    async run(api) {
      const id = unique();
      await using(
        subscribed(api, `subscription { news: onMessage(id: "${id}") { key: id } }`),
        async (wire) => {
          await publish(api, { id });
          assert.deepEqual(await wire.data(), { data: { news: { key: id } } });
        },
      );
    },
  },
  {
    id: 'RTM-149',
    promise: 'answers fragments and `__typename` of the subscription',
    source: 'GraphQL specification 2.8',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await delivered(
          api,
          { text: 'hi' },
          { mutation: 'text', subscription: '__typename ... on Message { text } ...{ likes }' },
        ),
        { data: { onMessage: { __typename: 'Message', text: 'hi', likes: null } } },
      );
    },
  },
  {
    id: 'RTM-150',
    promise: 'applies `@include` and `@skip` with the variables of each subscription',
    source: 'GraphQL specification 3.13',
    evidence: 'inferred',
    async run(api) {
      const id = unique();
      const query = `subscription ($full: Boolean!) { onMessage(id: "${id}") { id text @include(if: $full) } }`;
      await using(open(api), async (wire) => {
        await wire.subscribe('full', query, { full: true });
        await wire.subscribe('short', query, { full: false });
        await publish(api, { id, text: 'hi' });
        const frames = [await wire.next(), await wire.next()];
        const byId = Object.fromEntries(frames.map((frame) => [frame.id, frame.payload]));
        assert.deepEqual(byId, {
          full: { data: { onMessage: { id, text: 'hi' } } },
          short: { data: { onMessage: { id } } },
        });
      });
    },
  },
  {
    id: 'RTM-151',
    promise: 'delivers lists, objects in objects and AWSJSON as the mutation answers them',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const message = {
        tags: ['a', null, ''],
        numbers: [0, 1],
        kind: 'ALARM',
        author: { name: 'Ada', team: { name: 'Engine', company: null } },
      };
      const selection = 'tags numbers kind author { name team { name company { name } } }';
      const meta = { a: [1, { b: null }] };
      const { data } = (await delivered(
        api,
        { ...message, meta },
        { mutation: `${selection} meta`, subscription: `${selection} meta` },
      )) as { data: { onMessage: { meta: string } } };
      const { meta: text, ...rest } = data.onMessage;
      assert.deepEqual(rest, message);
      assert.deepEqual(JSON.parse(text), meta);
    },
  },
  {
    id: 'RTM-152',
    promise: 'delivers a mutation that answers a list as one event',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(subscribed(api, 'subscription { onAll { id text } }'), async (wire) => {
        await api.succeed(
          `mutation { publishAll(messages: ${jsonLiteral([{ id: '1' }, null, { id: '2' }])}) { id } }`,
        );
        assert.deepEqual(await wire.data(), {
          data: { onAll: [{ id: '1', text: null }, null, { id: '2', text: null }] },
        });
      });
    },
  },
  {
    id: 'RTM-153',
    promise: 'knows the type of a mutation that answers an interface, even if it did not select `__typename`',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const query =
        'subscription { onEvent { __typename id ... on Arrival { gate } ... on Departure { track } } }';
      await using(subscribed(api, query), async (wire) => {
        const event = { __typename: 'Departure', id: 'd', track: 9 };
        await api.succeed(
          `mutation { happen(event: ${jsonLiteral(event)}) { id ... on Departure { track } } }`,
        );
        assert.deepEqual(await wire.data(), { data: { onEvent: event } });
      });
    },
  },
  {
    id: 'RTM-154',
    promise: 'drops an event of more than 240 KB silently, and delivers the next one',
    source: 'AWS General Reference, AppSync endpoints and quotas, aws/aws-appsync-community#175',
    evidence: 'observed',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id, 'text')), async (wire) => {
        await publish(api, { id, text: 'x'.repeat(240 * 1024) }, 'id text');
        await publish(api, { id, text: 'short' }, 'id text');
        assert.deepEqual(await wire.data(), { data: { onMessage: { text: 'short' } } });
      });
    },
  },
  {
    id: 'RTM-155',
    promise: 'delivers an event of just under 240 KB completely',
    source: 'AWS General Reference, AppSync endpoints and quotas',
    evidence: 'documented',
    async run(api) {
      const id = unique();
      const text = 'x'.repeat(240 * 1024 - 200);
      await using(subscribed(api, onMessage(id, 'text')), async (wire) => {
        await publish(api, { id, text }, 'id text');
        assert.deepEqual(await wire.data(), { data: { onMessage: { text } } });
      });
    },
  },
  {
    id: 'RTM-156',
    promise:
      'measures the 240 KB in bytes of the fields that the subscription selects, not of those of the mutation',
    source: 'AWS General Reference, AppSync endpoints and quotas',
    evidence: 'inferred',
    async run(api) {
      const id = unique();
      await using(subscribed(api, onMessage(id, 'room')), async (wire) => {
        await publish(api, { id, room: 'r', text: 'ü'.repeat(200_000) }, 'id room text');
        assert.deepEqual(await wire.data(), { data: { onMessage: { room: 'r' } } });
      });
    },
  },
];
