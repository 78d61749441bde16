import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import {
  anyOf,
  EXTENSIONS,
  field,
  type FieldFilter,
  type Filter,
  FILTER_GUIDE,
  hears,
  reaching,
  setFilters,
} from './filter.ts';
import { errorsOf, open, subscribed, using } from './wire.ts';

const rules: Check[] = [
  {
    id: 'RTM-210',
    promise: 'treats the groups of a filter as alternatives',
    source: FILTER_GUIDE,
    evidence: 'documented',
    async run(api) {
      const filter = anyOf([field('text', 'eq', 'a')], [field('likes', 'eq', 1)]);
      const messages = [{ text: 'a' }, { likes: 1 }, { text: 'b', likes: 2 }];
      assert.deepEqual(await reaching(api, filter, messages), [0, 1]);
    },
  },
  {
    id: 'RTM-211',
    promise: 'compares with the fields that the mutation selected: others are absent',
    source: FILTER_GUIDE,
    evidence: 'documented',
    async run(api) {
      const filter = anyOf([field('text', 'eq', 'a')]);
      assert.deepEqual(await reaching(api, filter, [{ text: 'a' }], 'id likes'), []);
    },
  },
  {
    id: 'RTM-212',
    promise: 'replaces the filtering by arguments with a filter',
    source: FILTER_GUIDE,
    evidence: 'documented',
    async run(api) {
      const filters = JSON.stringify([anyOf([field('text', 'eq', 'a')])]);
      assert.equal(
        await hears(api, setFilters, { filters, room: 'r' }, { text: 'a', room: 'another' }),
        true,
      );
      assert.equal(await hears(api, setFilters, { filters, room: 'r' }, { text: 'b', room: 'r' }), false);
    },
  },
  {
    id: 'RTM-213',
    promise: 'filters by arguments if the resolver sets no filter',
    source: FILTER_GUIDE,
    evidence: 'documented',
    async run(api) {
      const query = 'subscription ($room: String) { onUntil(room: $room) { id } }';
      assert.equal(await hears(api, query, { room: 'r' }, { room: 'r' }), true);
      assert.equal(await hears(api, query, { room: 'r' }, { room: 'another' }), false);
    },
  },
  {
    id: 'RTM-214',
    promise: 'uses the last of several filters',
    source: EXTENSIONS,
    evidence: 'inferred',
    async run(api) {
      const filters = JSON.stringify([anyOf([field('text', 'eq', 'a')]), anyOf([field('text', 'eq', 'b')])]);
      assert.equal(await hears(api, setFilters, { filters }, { text: 'b' }), true);
      assert.equal(await hears(api, setFilters, { filters }, { text: 'a' }), false);
    },
  },
  {
    id: 'RTM-215',
    promise: 'delivers every event for a filter without groups, regardless of the arguments',
    source: EXTENSIONS,
    evidence: 'inferred',
    async run(api) {
      const filters = JSON.stringify([anyOf()]);
      assert.equal(await hears(api, setFilters, { filters, room: 'r' }, { room: 'another' }), true);
    },
  },
  {
    id: 'RTM-216',
    promise: 'accepts results of `util.transform.toSubscriptionFilter`, with `or` for alternatives',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      const query = 'subscription ($filter: AWSJSON!) { onTransformed(filter: $filter) { id } }';
      const filter = JSON.stringify({ likes: { gt: 1 }, or: [{ text: { eq: 'a' } }, { text: { eq: 'b' } }] });
      assert.equal(await hears(api, query, { filter }, { likes: 2, text: 'b' }), true);
      assert.equal(await hears(api, query, { filter }, { likes: 1, text: 'b' }), false);
      assert.equal(await hears(api, query, { filter }, { likes: 2, text: 'c' }), false);
    },
  },
  {
    id: 'RTM-217',
    promise: 'does not look into a result that is a list, which passes any filter',
    source: EXTENSIONS,
    evidence: 'documented',
    async run(api) {
      const query = 'subscription ($filter: AWSJSON) { onAll(filter: $filter) { id } }';
      const filter = JSON.stringify(anyOf([field('id', 'eq', 'nobody')]));
      await using(subscribed(api, query, { filter }), async (wire) => {
        await api.succeed('mutation { publishAll(messages: "[{\\"id\\":\\"1\\"}]") { id } }');
        assert.deepEqual(await wire.data(), { data: { onAll: [{ id: '1' }] } });
      });
    },
  },
];

const long = 'x'.repeat(256);
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`);
const fieldsOf = (count: number): FieldFilter[] =>
  ['id', 'room', 'text', 'likes', 'score', 'urgent'].slice(0, count).map((name) => field(name, 'ne', 'v'));

type Limit = [
  id: string,
  promise: string,
  evidence: Check['evidence'],
  taken: Filter | undefined,
  refused: Filter,
  message?: string,
];

const limits: Check[] = (
  [
    [
      'RTM-220',
      'takes 5 values of `in`, and refuses 6',
      'documented',
      anyOf([field('text', 'in', many(5))]),
      anyOf([field('text', 'in', many(6))]),
      'subscription exceeds maximum value limit 5 for operator `in`.',
    ],
    [
      'RTM-221',
      'takes 5 values of `notIn`, and refuses 6',
      'documented',
      anyOf([field('text', 'notIn', many(5))]),
      anyOf([field('text', 'notIn', many(6))]),
      'subscription exceeds maximum value limit 5 for operator `notIn`.',
    ],
    [
      'RTM-222',
      'takes 20 values of `containsAny`, and refuses 21',
      'documented',
      anyOf([field('tags', 'containsAny', many(20))]),
      anyOf([field('tags', 'containsAny', many(21))]),
      'subscription exceeds maximum value limit 20 for operator `containsAny`.',
    ],
    [
      'RTM-223',
      'takes a filter on 5 fields, and refuses one on 6',
      'documented',
      anyOf(fieldsOf(5)),
      anyOf(fieldsOf(6)),
      'Filters exceed maximum attributes limit 5 for subscription.',
    ],
    [
      'RTM-224',
      'takes 10 combinations, and refuses 11',
      'documented',
      anyOf(...many(10).map((value) => [field('text', 'eq', value)])),
      anyOf(...many(11).map((value) => [field('text', 'eq', value)])),
      'Filters combination exceed maximum limit 10 for subscription.',
    ],
    [
      'RTM-225',
      'counts each value of `in` for a combination',
      'documented',
      anyOf([field('text', 'in', many(5)), field('room', 'in', many(2))]),
      anyOf([field('text', 'in', many(4)), field('room', 'in', many(3))]),
      'Filters combination exceed maximum limit 10 for subscription.',
    ],
    [
      'RTM-226',
      'takes a string of 256 characters, and refuses 257',
      'documented',
      anyOf([field('text', 'eq', long)]),
      anyOf([field('text', 'eq', `${long}x`)]),
    ],
    [
      'RTM-227',
      'refuses a name of more than 5 levels',
      'documented',
      undefined,
      anyOf([field('a.b.c.d.e.f', 'eq', 'x')]),
    ],
    ['RTM-228', 'refuses an unknown operator', 'documented', undefined, anyOf([field('text', 'like', 'x')])],
    [
      'RTM-229',
      'refuses the same field twice in a group',
      'observed',
      undefined,
      anyOf([field('likes', 'gt', 1), field('likes', 'lt', 5)]),
      'subscription filter uses same fieldName multiple time.',
    ],
    [
      'RTM-230',
      'refuses a list for `eq`',
      'observed',
      undefined,
      anyOf([field('text', 'eq', ['a'])]),
      'subscription filter has invalid filter value for operator `eq`.',
    ],
    [
      'RTM-231',
      'refuses one value for `in`',
      'observed',
      undefined,
      anyOf([field('text', 'in', 'a')]),
      'subscription filter has invalid filter value for operator `in`.',
    ],
    [
      'RTM-232',
      'refuses three values for `between`',
      'observed',
      undefined,
      anyOf([field('likes', 'between', [1, 2, 3])]),
      'subscription filter has invalid filter value for operator `between`.',
    ],
    [
      'RTM-233',
      'refuses a boolean for `lt`',
      'observed',
      undefined,
      anyOf([field('likes', 'lt', true)]),
      'subscription filter has invalid filter value for operator `lt`.',
    ],
  ] as Limit[]
).map(([id, promise, evidence, taken, refused, message]) => ({
  id,
  promise: `filters: ${promise}`,
  source: message
    ? `${EXTENSIONS}, aws-amplify/amplify-category-api#740, aws-amplify/amplify-category-api#2547`
    : EXTENSIONS,
  evidence,
  async run(api) {
    await using(open(api), async (wire) => {
      if (taken) {
        await wire.subscribe('taken', setFilters, { filters: JSON.stringify([taken]) });
      }
      await wire.start('refused', setFilters, { filters: JSON.stringify([refused]) });
      const frame = await wire.next();
      assert.deepEqual([frame.type, frame.id], ['error', 'refused'], JSON.stringify(frame));
      const [error] = errorsOf(frame);
      assert.equal(error!.errorCode, 400);
      if (message) {
        assert.equal(error!.message, message);
      }
    });
  },
}));

/** How filters are put together, and how large they may be. */
export const filterChecks: Check[] = [...rules, ...limits];
