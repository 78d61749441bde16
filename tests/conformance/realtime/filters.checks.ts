import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ALL_FIELDS, errorsOf, idsUntil, open, publish, subscribed, unique, using } from './wire.ts';

const FILTER_GUIDE = 'DG aws-appsync-real-time-enhanced-filtering';
const EXTENSIONS = 'DG extensions-js';

interface FieldFilter {
  fieldName: string;
  operator: string;
  value: unknown;
}

interface Filter {
  filterGroup: { filters: FieldFilter[] }[];
}

const field = (fieldName: string, operator: string, value: unknown): FieldFilter => ({
  fieldName,
  operator,
  value,
});

/** Alternatives, each a list of conditions. */
const anyOf = (...groups: FieldFilter[][]): Filter => ({
  filterGroup: groups.map((filters) => ({ filters })),
});

/** Which of these messages reach a subscription with this filter; a last one, which always does, ends the wait. */
async function reaching(
  api: ConformanceApi,
  filter: Filter,
  messages: Record<string, unknown>[],
  selection = ALL_FIELDS,
): Promise<number[]> {
  const run = unique();
  const last = `${run}-last`;
  const filters = JSON.stringify([
    anyOf(...filter.filterGroup.map(({ filters }) => filters), [field('id', 'eq', last)]),
  ]);
  const query = 'subscription ($filters: AWSJSON!) { onFiltered(filters: $filters) { id } }';
  return using(subscribed(api, query, { filters }), async (wire) => {
    for (const [index, message] of messages.entries())
      await publish(api, { id: `${run}/${index}`, ...message }, selection);
    await publish(api, { id: last });
    const ids = await idsUntil(wire, 'onFiltered', last);
    return ids.filter((id) => id.startsWith(`${run}/`)).map((id) => Number(id.split('/')[1]));
  });
}

type Row = [
  id: string,
  promise: string,
  evidence: Check['evidence'],
  filter: FieldFilter[],
  holds: Record<string, unknown>[],
  fails: Record<string, unknown>[],
];

const at = (...path: string[]): Record<string, unknown> => ({
  author: { name: 'n', team: { name: 't', company: { name: 'c', country: { name: path[0] } } } },
});

const operators: Check[] = (
  [
    [
      'RTM-180',
      '`eq` compares strings by case',
      'documented',
      [field('text', 'eq', 'a')],
      [{ text: 'a' }],
      [{ text: 'A' }, { text: 'ab' }, { text: null }],
    ],
    [
      'RTM-181',
      '`eq` compares numbers by value, 0 included',
      'documented',
      [field('likes', 'eq', 0)],
      [{ likes: 0 }],
      [{ likes: 1 }, {}],
    ],
    [
      'RTM-182',
      '`eq` compares an Int with a Float of the same value',
      'inferred',
      [field('score', 'eq', 2)],
      [{ score: 2.0 }],
      [{ score: 2.1 }],
    ],
    [
      'RTM-183',
      '`eq` compares booleans, false included',
      'documented',
      [field('urgent', 'eq', false)],
      [{ urgent: false }],
      [{ urgent: true }, {}],
    ],
    [
      'RTM-184',
      '`eq` does not take a number for its text',
      'inferred',
      [field('likes', 'eq', '1')],
      [],
      [{ likes: 1 }],
    ],
    [
      'RTM-185',
      '`ne` holds for another value',
      'documented',
      [field('text', 'ne', 'a')],
      [{ text: 'b' }, { text: 'A' }],
      [{ text: 'a' }],
    ],
    [
      'RTM-186',
      '`ne` holds for a field that is absent',
      'inferred',
      [field('text', 'ne', 'a')],
      [{ text: null }, {}],
      [],
    ],
    [
      'RTM-187',
      '`lt` compares numbers',
      'documented',
      [field('likes', 'lt', 10)],
      [{ likes: 9 }, { likes: -1 }],
      [{ likes: 10 }, { likes: 11 }],
    ],
    [
      'RTM-188',
      '`le` includes the value',
      'documented',
      [field('score', 'le', 1.5)],
      [{ score: 1.5 }, { score: 1 }],
      [{ score: 1.6 }],
    ],
    [
      'RTM-189',
      '`gt` compares strings in their order',
      'inferred',
      [field('text', 'gt', 'a')],
      [{ text: 'b' }, { text: 'aa' }],
      [{ text: 'a' }, { text: 'Z' }],
    ],
    [
      'RTM-190',
      '`ge` includes the value',
      'documented',
      [field('likes', 'ge', 3)],
      [{ likes: 3 }, { likes: 4 }],
      [{ likes: 2 }],
    ],
    [
      'RTM-191',
      'no order holds for a field that is absent',
      'inferred',
      [field('likes', 'ge', 0)],
      [{ likes: 0 }],
      [{ likes: null }, {}],
    ],
    [
      'RTM-192',
      '`contains` looks into a string',
      'documented',
      [field('text', 'contains', 'ell')],
      [{ text: 'hello' }],
      [{ text: 'help' }, {}],
    ],
    [
      'RTM-193',
      '`contains` looks for a member of a list',
      'documented',
      [field('tags', 'contains', 'x')],
      [{ tags: ['x', 'y'] }],
      [{ tags: ['xy'] }, { tags: [] }, {}],
    ],
    [
      'RTM-194',
      '`contains` looks for a number in a list',
      'documented',
      [field('numbers', 'contains', 2)],
      [{ numbers: [1, 2] }],
      [{ numbers: [12] }],
    ],
    [
      'RTM-195',
      '`notContains` is the opposite of `contains` for strings',
      'documented',
      [field('text', 'notContains', 'ell')],
      [{ text: 'help' }],
      [{ text: 'hello' }],
    ],
    [
      'RTM-196',
      '`notContains` is the opposite of `contains` for lists',
      'documented',
      [field('tags', 'notContains', 'x')],
      [{ tags: ['y'] }, { tags: [] }],
      [{ tags: ['x'] }],
    ],
    [
      'RTM-197',
      '`notContains` holds for a field that is absent',
      'inferred',
      [field('tags', 'notContains', 'x')],
      [{ tags: null }, {}],
      [],
    ],
    [
      'RTM-198',
      '`beginsWith` looks at the beginning of a string, by case',
      'documented',
      [field('text', 'beginsWith', 'he')],
      [{ text: 'hello' }, { text: 'he' }],
      [{ text: 'He' }, { text: 'the' }, {}],
    ],
    [
      'RTM-199',
      '`in` holds for each of its strings',
      'documented',
      [field('text', 'in', ['a', 'b'])],
      [{ text: 'a' }, { text: 'b' }],
      [{ text: 'c' }, { text: 'ab' }, {}],
    ],
    [
      'RTM-200',
      '`in` holds for each of its numbers',
      'documented',
      [field('likes', 'in', [1, 2])],
      [{ likes: 2 }],
      [{ likes: 12 }, { likes: 0 }],
    ],
    [
      'RTM-201',
      '`notIn` holds for none of its values',
      'documented',
      [field('text', 'notIn', ['a', 'b'])],
      [{ text: 'c' }],
      [{ text: 'a' }, { text: 'b' }],
    ],
    [
      'RTM-202',
      '`between` includes both ends',
      'inferred',
      [field('likes', 'between', [1, 5])],
      [{ likes: 1 }, { likes: 3 }, { likes: 5 }],
      [{ likes: 0 }, { likes: 6 }, {}],
    ],
    [
      'RTM-203',
      '`between` compares strings in their order',
      'documented',
      [field('text', 'between', ['b', 'd'])],
      [{ text: 'b' }, { text: 'cz' }, { text: 'd' }],
      [{ text: 'a' }, { text: 'da' }],
    ],
    [
      'RTM-204',
      '`containsAny` holds for a list with one of its values',
      'documented',
      [field('tags', 'containsAny', ['z', 'q'])],
      [{ tags: ['a', 'z'] }],
      [{ tags: ['a'] }, { tags: [] }, {}],
    ],
    [
      'RTM-205',
      'all conditions of a group have to hold',
      'documented',
      [field('text', 'eq', 'a'), field('likes', 'gt', 1)],
      [{ text: 'a', likes: 2 }],
      [
        { text: 'a', likes: 1 },
        { text: 'b', likes: 2 },
      ],
    ],
    [
      'RTM-206',
      'a name with dots leads into objects',
      'documented',
      [field('author.city', 'eq', 'Paris')],
      [{ author: { name: 'n', city: 'Paris' } }],
      [{ author: { name: 'n', city: 'Rome' } }, { author: null }, {}],
    ],
    [
      'RTM-207',
      'a name may have five levels',
      'documented',
      [field('author.team.company.country.name', 'eq', 'FR')],
      [at('FR')],
      [at('DE'), {}],
    ],
    [
      'RTM-208',
      '`eq` on an enum compares its name',
      'inferred',
      [field('kind', 'eq', 'ALARM')],
      [{ kind: 'ALARM' }],
      [{ kind: 'NOTE' }],
    ],
  ] as Row[]
).map(([id, promise, evidence, filter, holds, fails]) => ({
  id,
  promise: `filters: ${promise}`,
  source: FILTER_GUIDE,
  evidence,
  async run(api) {
    const expected = holds.map((_, index) => index);
    assert.deepEqual(await reaching(api, anyOf(filter), [...holds, ...fails]), expected);
  },
}));

const setFilters =
  'subscription ($filters: AWSJSON!, $room: String) { onFiltered(filters: $filters, room: $room) { id } }';

/** Whether a message reaches a subscription made with this document. */
async function hears(
  api: ConformanceApi,
  query: string,
  variables: Record<string, unknown>,
  message: Record<string, unknown>,
): Promise<boolean> {
  const id = unique();
  return using(subscribed(api, query, variables), async (wire) => {
    await publish(api, { id, ...message });
    wire.send({ type: 'stop', id: 'end' });
    for (let frame = await wire.next(); frame.type !== 'complete'; frame = await wire.next()) {
      if (JSON.stringify(frame.payload).includes(id)) return true;
    }
    return false;
  });
}

const rules: Check[] = [
  {
    id: 'RTM-210',
    promise: 'takes the groups of a filter for alternatives',
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
    promise: 'compares with what the mutation selected: a field it left out is absent',
    source: FILTER_GUIDE,
    evidence: 'documented',
    async run(api) {
      const filter = anyOf([field('text', 'eq', 'a')]);
      assert.deepEqual(await reaching(api, filter, [{ text: 'a' }], 'id likes'), []);
    },
  },
  {
    id: 'RTM-212',
    promise: 'lets a filter take the place of the filtering by arguments',
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
    promise: 'filters by arguments where the resolver sets no filter',
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
    promise: 'keeps the last of several filters',
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
    promise: 'lets everything pass a filter without groups, whatever the arguments',
    source: EXTENSIONS,
    evidence: 'inferred',
    async run(api) {
      const filters = JSON.stringify([anyOf()]);
      assert.equal(await hears(api, setFilters, { filters, room: 'r' }, { room: 'another' }), true);
    },
  },
  {
    id: 'RTM-216',
    promise: 'takes what `util.transform.toSubscriptionFilter` makes, with `or` for alternatives',
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
    [
      'RTM-228',
      'refuses an operator that is none',
      'documented',
      undefined,
      anyOf([field('text', 'like', 'x')]),
    ],
    [
      'RTM-229',
      'refuses one field twice in a group',
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
  source: message ? `${EXTENSIONS}, amplify-category-api#740, amplify-category-api#2547` : EXTENSIONS,
  evidence,
  async run(api) {
    await using(open(api), async (wire) => {
      if (taken) await wire.subscribe('taken', setFilters, { filters: JSON.stringify([taken]) });
      await wire.start('refused', setFilters, { filters: JSON.stringify([refused]) });
      const frame = await wire.next();
      assert.deepEqual([frame.type, frame.id], ['error', 'refused'], JSON.stringify(frame));
      const [error] = errorsOf(frame);
      assert.equal(error!.errorCode, 400);
      if (message) assert.equal(error!.message, message);
    });
  },
}));

export const filterChecks: Check[] = [...operators, ...rules, ...limits];
