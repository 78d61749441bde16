import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { idsUntil, jsonLiteral, publish, subscribed, unique, using, type Frame } from './wire.ts';

const ALIASED = 'aws/aws-appsync-community#160';

/** What a subscriber to the message gets when a mutation with this selection publishes it. */
function delivered(
  api: ConformanceApi,
  message: Record<string, unknown>,
  selections: { mutation: string; subscription: string },
): Promise<Frame> {
  const id = unique();
  const query = `subscription { onMessage(id: "${id}") { ${selections.subscription} } }`;
  return using(subscribed(api, query), async (wire) => {
    await publish(api, { id, ...message }, `id ${selections.mutation}`);
    return wire.data();
  });
}

/** What the aliases of a mutation mean for its subscribers; RTM-147 and RTM-171 say the rule. */
export const aliasChecks: Check[] = [
  {
    id: 'RTM-274',
    promise: 'delivers a field that the mutation selected both under an alias and by its name',
    source: ALIASED,
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await delivered(api, { text: 'hi' }, { mutation: 't: text text', subscription: 'text' }),
        { data: { onMessage: { text: 'hi' } } },
      );
    },
  },
  {
    id: 'RTM-275',
    promise: 'delivers null if the alias of one field is the name of another',
    source: ALIASED,
    evidence: 'chosen',
    async run(api) {
      assert.deepEqual(
        await delivered(api, { text: 'hi' }, { mutation: 'room: text', subscription: 'room text' }),
        { data: { onMessage: { room: null, text: null } } },
      );
    },
  },
  {
    id: 'RTM-276',
    promise: 'publishes a mutation field that itself has an alias',
    source:
      'aws-amplify/amplify-js#3213, dillonkearns/elm-graphql#106: neither distinguishes it from aliases below the field',
    evidence: 'chosen',
    async run(api) {
      const id = unique();
      await using(subscribed(api, `subscription { onMessage(id: "${id}") { text } }`), async (wire) => {
        await api.succeed(
          `mutation { news: publish(message: ${jsonLiteral({ id, text: 'hi' })}) { id text } }`,
        );
        assert.deepEqual(await wire.data(), { data: { onMessage: { text: 'hi' } } });
      });
    },
  },
  {
    id: 'RTM-277',
    promise:
      'reports a required field that the mutation selected under an alias as a field that it did not select',
    source: `${ALIASED}, aws-amplify/amplify-category-api#1338`,
    evidence: 'inferred',
    async run(api) {
      const path = ['onMessage', 'author', 'name'];
      const message = `Cannot return null for non-nullable type: 'String' within parent 'Author' (/${path.join('/')})`;
      assert.deepEqual(
        await delivered(
          api,
          { author: { name: 'Ada' } },
          { mutation: 'author { n: name }', subscription: 'author { name }' },
        ),
        { data: { onMessage: { author: null } }, errors: [{ message, path }] },
      );
    },
  },
  {
    id: 'RTM-278',
    promise: 'filters: treats a field that the mutation selected under an alias as absent',
    source: ALIASED,
    evidence: 'inferred',
    async run(api) {
      const [id, last] = [unique(), unique()];
      const filters = [{ filterGroup: [{ filters: [{ fieldName: 'room', operator: 'eq', value: 'a' }] }] }];
      const query = 'subscription ($filters: AWSJSON!) { onFiltered(filters: $filters) { id } }';
      await using(subscribed(api, query, { filters: JSON.stringify(filters) }), async (wire) => {
        await publish(api, { id, room: 'a' }, 'id r: room');
        await publish(api, { id: last, room: 'a' }, 'id room');
        assert.deepEqual(await idsUntil(wire, 'onFiltered', last), [last]);
      });
    },
  },
];
