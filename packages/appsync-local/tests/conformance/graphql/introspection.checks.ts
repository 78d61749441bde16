import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

interface Introspected {
  __schema: {
    types: { name: string; kind: string }[];
    directives: { name: string; locations: string[] }[];
    queryType: { name: string };
    mutationType: { name: string };
    subscriptionType: { name: string };
  };
}

/** What the schema tells of itself. */
export const introspectionChecks: Check[] = [
  {
    id: 'GQL-401',
    promise: 'lists the scalars of AWS that the schema uses, and no other',
    source: 'aws-amplify/amplify-cli, schema.json of a real API',
    evidence: 'observed',
    async run({ succeed }) {
      const { __type, __schema } = await succeed<Introspected & { __type: unknown }, never>(
        '{ __schema { types { name kind } } __type(name: "AWSPhone") { kind } }',
      );
      const names = __schema.types.map(({ name }) => name).filter((name) => name.startsWith('AWS'));
      assert.deepEqual(__type, { kind: 'SCALAR' });
      assert.equal(names.length, 9);
    },
  },
  {
    id: 'GQL-402',
    promise: 'lists the directives of AppSync, `@defer` among them, and no newer ones',
    source: 'aws-amplify/amplify-cli, schema.json of a real API',
    evidence: 'observed',
    async run({ succeed }) {
      const { __schema } = await succeed<Introspected, never>('{ __schema { directives { name } } }');
      assert.deepEqual(__schema.directives.map(({ name }) => name).sort(), [
        'aws_api_key',
        'aws_auth',
        'aws_cognito_user_pools',
        'aws_iam',
        'aws_lambda',
        'aws_oidc',
        'aws_publish',
        'aws_subscribe',
        'defer',
        'deprecated',
        'include',
        'skip',
      ]);
    },
  },
  {
    id: 'GQL-403',
    promise:
      'lists the places of its directives: authorization on objects and fields, `@deprecated` on fields and enum values',
    source: 'aws-amplify/amplify-cli, schema.json of a real API',
    evidence: 'observed',
    async run({ succeed }) {
      const { __schema } = await succeed<Introspected, never>(
        '{ __schema { directives { name locations } } }',
      );
      const places = new Map(__schema.directives.map(({ name, locations }) => [name, [...locations].sort()]));
      assert.deepEqual(places.get('aws_iam'), ['FIELD_DEFINITION', 'OBJECT']);
      assert.deepEqual(places.get('deprecated'), ['ENUM_VALUE', 'FIELD_DEFINITION']);
      assert.deepEqual(places.get('defer'), ['FIELD']);
    },
  },
  {
    id: 'GQL-404',
    promise: 'does not have `specifiedByURL`, `isRepeatable` and `isOneOf`, which are newer than its engine',
    source: 'graphql-java v11, Introspection',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql(
        '{ __type(name: "Out") { specifiedByURL isOneOf } __schema { directives { isRepeatable } } }',
      );
      assert.deepEqual(
        errors?.map(({ message }) => message),
        [
          "Validation error of type FieldUndefined: Field 'specifiedByURL' in type '__Type' is undefined @ '__type/specifiedByURL'",
          "Validation error of type FieldUndefined: Field 'isOneOf' in type '__Type' is undefined @ '__type/isOneOf'",
          "Validation error of type FieldUndefined: Field 'isRepeatable' in type '__Directive' is undefined @ '__schema/directives/isRepeatable'",
        ],
      );
    },
  },
  {
    id: 'GQL-405',
    promise: 'lists `onOperation`, `onFragment` and `onField` for a directive',
    source: 'aws-amplify/amplify-cli, schema.json of a real API',
    evidence: 'observed',
    unlike: 'graphql-js has dropped these members of the introspection schema',
    async run({ graphql }) {
      const { errors } = await graphql('{ __schema { directives { onOperation onFragment onField } } }');
      assert.equal(errors, undefined);
    },
  },
  {
    id: 'GQL-406',
    promise: 'has descriptions and deprecations of the schema, but deprecated fields only on request',
    source: 'AppSync developer guide, schema-properties; amplify-cli, schema.json of a real API',
    evidence: 'observed',
    async run({ succeed }) {
      const fields = async (argument: string) => {
        const { __type } = await succeed<{ __type: { fields: Record<string, unknown>[] } }, never>(
          `{ __type(name: "Query") { fields${argument} { name description isDeprecated deprecationReason } } }`,
        );
        return __type.fields;
      };
      const all = await fields('(includeDeprecated: true)');
      assert.equal(all.find(({ name }) => name === 'hello')?.description, 'Greets.');
      assert.deepEqual(
        all.find(({ name }) => name === 'old'),
        { name: 'old', description: null, isDeprecated: true, deprecationReason: 'Use out.' },
      );
      assert.equal(
        (await fields('')).find(({ name }) => name === 'old'),
        undefined,
      );
    },
  },
  {
    id: 'GQL-407',
    promise: 'names the root types',
    source: 'GraphQL specification 4.1',
    evidence: 'documented',
    async run({ succeed }) {
      const { __schema } = await succeed<Introspected, never>(
        '{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }',
      );
      assert.deepEqual(__schema, {
        queryType: { name: 'Query' },
        mutationType: { name: 'Mutation' },
        subscriptionType: { name: 'Subscription' },
      });
    },
  },
];
