import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../../check.ts';

interface Type {
  interfaces?: { name: string }[];
  fields?: { name: string }[];
}

async function typeOf({ succeed }: ConformanceApi, name: string): Promise<Type> {
  const query = `{ __type(name: "${name}") { interfaces { name } fields { name } } }`;
  return (await succeed<{ __type: Type }, never>(query)).__type;
}

const namesOf = (named: { name: string }[] = []): string[] => named.map(({ name }) => name).sort();

/** What a schema may say. */
export const schemaChecks: Check[] = [
  {
    id: 'SDL-001',
    promise: 'takes `implements A, B`',
    source:
      'aws/aws-appsync-community#58, awslabs/graphql-schema-utilities#36, sid88in/serverless-appsync-plugin#116',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(namesOf((await typeOf(api, 'Both')).interfaces), ['Aged', 'Named']);
    },
  },
  {
    id: 'SDL-002',
    promise: 'takes `implements A B`',
    source: 'graphql-java v11, Graphql.g4',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(namesOf((await typeOf(api, 'Neither')).interfaces), ['Aged', 'Named']);
    },
  },
  {
    id: 'SDL-003',
    promise: 'accepts unknown directives, but does not list them',
    source: 'sid88in/serverless-appsync-plugin#626, sid88in/serverless-appsync-plugin#409',
    evidence: 'observed',
    async run({ succeed }) {
      const { __schema } = await succeed<{ __schema: { directives: { name: string }[] } }, never>(
        '{ __schema { directives { name } } }',
      );
      const names = namesOf(__schema.directives);
      assert.deepEqual(
        ['model', 'unheardOf', 'oneOf'].filter((name) => names.includes(name)),
        [],
      );
      assert.ok(names.includes('aws_api_key'));
    },
  },
  {
    id: 'SDL-004',
    promise: 'takes `@hidden`, `@canonical` and `@renamed`, which affect only a merged API',
    source: 'AppSync developer guide, merged-api; sid88in/serverless-appsync-plugin#623',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(namesOf((await typeOf(api, 'Both')).fields), ['age', 'name']);
    },
  },
  {
    id: 'SDL-005',
    promise:
      'accepts directives of authorization on unions, interfaces and enums, and `@oneOf` as an unknown one',
    source: 'sid88in/serverless-appsync-plugin#409: nothing validates directives',
    evidence: 'inferred',
    async run({ succeed }) {
      const query =
        '{ either(scale: SMALL, given: { a: 1, b: 2 }) { __typename ... on Named { name } ... on Aged { age } } }';
      assert.deepEqual(await succeed(query), { either: { __typename: 'Both', name: 'SMALL', age: 3 } });
    },
  },
  {
    id: 'SDL-006',
    promise: 'treats a semicolon between definitions as a blank',
    source: 'graphql-java v11, whose tokenizer continues after an unknown character',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(namesOf((await typeOf(api, 'Aged')).fields), ['age']);
    },
  },
];
