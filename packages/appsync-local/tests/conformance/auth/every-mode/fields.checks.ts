import assert from 'node:assert/strict';
import { apiKey, iam, user } from '../../../harness/target.ts';
import type { Check } from '../../check.ts';
import { ask, dataOf, refusedField, token } from '../requests.ts';

const MODES = 'AppSync developer guide, security-authz, "Using additional authorization modes"';

/** What a refused field looks like, and where the directives count. */
export const fieldChecks: Check[] = [
  {
    id: 'AUT-091',
    promise: 'answers 200 to a refused field, which is null with an `Unauthorized` entry',
    source: 'aws-amplify/amplify-category-api, AuthV2Transformer.e2e.test.ts',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await ask(api, '{\n  byIam\n}', apiKey), {
        status: 200,
        errorType: undefined,
        body: { data: { byIam: null }, errors: [refusedField('Query', 'byIam', ['byIam'], 2, 3)] },
      });
    },
  },
  {
    id: 'AUT-092',
    promise: 'names the field, not the alias, in the message, and the alias in the path',
    source: 'aws-amplify/amplify-category-api, AuthV2Transformer.e2e.test.ts',
    evidence: 'observed',
    async run(api) {
      const { body } = await ask(api, '{ mine: byIam }', apiKey);
      assert.deepEqual(body, { data: { mine: null }, errors: [refusedField('Query', 'byIam', ['mine'])] });
    },
  },
  {
    id: 'AUT-093',
    promise: 'answers the fields beside a refused one',
    source: 'aws-amplify/amplify-flutter#1179',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ byIam byKey byDefault }', apiKey), {
        byIam: null,
        byKey: 'open',
        byDefault: 'open',
      });
    },
  },
  {
    id: 'AUT-094',
    promise: 'makes the parent of a refused non-null field null',
    source: 'aws-amplify/amplify-flutter#1179',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ strict { id forIam } }', iam), {
        strict: { id: 'n1', forIam: 'i' },
      });
      assert.deepEqual(await dataOf(api, '{ strict { id forIam } }', apiKey), { strict: null });
    },
  },
  {
    id: 'AUT-095',
    promise: 'has an entry for each item of a list',
    source: 'docs/facts/authorization.md#refused-field-not-run',
    evidence: 'inferred',
    async run(api) {
      const { body } = await ask(api, '{ notes { forIam } }', apiKey);
      const { errors } = body as { errors: { path: unknown }[] };
      assert.deepEqual(
        errors.map(({ path }) => path),
        [
          ['notes', 0, 'forIam'],
          ['notes', 1, 'forIam'],
        ],
      );
    },
  },
  {
    id: 'AUT-096',
    promise:
      'refuses the fields of a type without directives to all but the default mode, below an open field',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ plain { id } }', iam), { plain: { id: null } });
      assert.deepEqual(await dataOf(api, '{ plain { id } }', apiKey), { plain: { id: 'p1' } });
    },
  },
  {
    id: 'AUT-097',
    promise: 'ignores `@aws_auth` if there are other modes: the field counts as one without directives',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ ignored }', apiKey), { ignored: 'open' });
      assert.deepEqual(await dataOf(api, '{ ignored }', user('ada', 'admins')), { ignored: null });
    },
  },
  {
    id: 'AUT-098',
    promise: 'uses the directives of the object’s own type, not of its interface',
    source: 'docs/facts/authorization.md#directives-elsewhere',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ thing { id } }', apiKey), { thing: { id: 'c1' } });
      assert.deepEqual(await dataOf(api, '{ thing { id } }', iam), { thing: { id: null } });
    },
  },
  {
    id: 'AUT-099',
    promise: 'refuses a field that only a fragment selects',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      const query = 'query { ...All } fragment All on Query { note { ... on Note { forIam id } } }';
      assert.deepEqual(await dataOf(api, query, apiKey), { note: { forIam: null, id: 'n1' } });
    },
  },
  {
    id: 'AUT-100',
    promise: 'refuses one mutation field, and answers the next one',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      const { body } = await ask(api, 'mutation { byIam note(id: 7) { id } }', apiKey);
      assert.deepEqual(body, {
        data: { byIam: null, note: { id: '7' } },
        errors: [refusedField('Mutation', 'byIam', ['byIam'], 1, 12)],
      });
    },
  },
  {
    id: 'AUT-101',
    promise: 'refuses a field without directives to every mode but the default one',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      for (const who of [iam, user('ada', 'admins'), token('allow me')]) {
        assert.deepEqual(await dataOf(api, '{ byDefault }', who), { byDefault: null });
      }
    },
  },
];
