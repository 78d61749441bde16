import assert from 'node:assert/strict';
import type { Check } from '../../check.ts';

const undefinedField = (name: string): string =>
  `Validation error of type FieldUndefined: Field '${name}' in type 'Query' is undefined @ '${name}'`;

export const limitChecks: Check[] = [
  {
    id: 'LIM-001',
    promise: 'answers fields up to the depth limit, counting the leaves',
    source: 'AppSync API reference, QueryDepthLimit',
    evidence: 'documented',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ node { next { id } } }'), { data: { node: { next: { id: 'b' } } } });
    },
  },
  {
    id: 'LIM-002',
    promise: 'answers null and `QueryDepthLimitReached` for deeper fields, and answers the others',
    source: 'AppSync API reference, QueryDepthLimit',
    evidence: 'documented',
    async run({ graphql }) {
      const { data, errors } = await graphql('{ node { id next { next { id } } } }');
      assert.deepEqual(data, { node: { id: 'a', next: { next: { id: null } } } });
      assert.deepEqual(
        errors?.map(({ errorType, path }) => [errorType, path]),
        [['QueryDepthLimitReached', ['node', 'next', 'next', 'id']]],
      );
    },
  },
  {
    id: 'LIM-003',
    promise: 'passes a null of the depth limit up to the parent of a non-null field',
    source: 'AppSync API reference, QueryDepthLimit',
    evidence: 'documented',
    async run({ graphql }) {
      const { data, errors } = await graphql('{ node { id next { next { need } } } }');
      assert.deepEqual(data, { node: { id: 'a', next: { next: null } } });
      assert.equal(errors?.[0]?.errorType, 'QueryDepthLimitReached');
    },
  },
  {
    id: 'LIM-004',
    promise: 'runs as many resolvers as the limit allows, one for each element of a list',
    source: 'AppSync API reference, ResolverCountLimit',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql<{ nodes: { counted: number | null }[] }, never>('{ nodes { counted } }');
      assert.equal(data?.nodes.filter(({ counted }) => counted === 1).length, 4);
    },
  },
  {
    id: 'LIM-005',
    promise: 'answers null and `ResolverExecutionLimitReached` for each resolver beyond the limit',
    source: 'aws-amplify/amplify-cli#6128',
    evidence: 'observed',
    async run({ graphql }) {
      const { data, errors } = await graphql<{ nodes: { counted: number | null }[] }, never>(
        '{ nodes { counted } }',
      );
      assert.equal(data?.nodes.filter(({ counted }) => counted === null).length, 2);
      assert.deepEqual(
        errors?.map(({ errorType }) => errorType),
        ['ResolverExecutionLimitReached', 'ResolverExecutionLimitReached'],
      );
    },
  },
  {
    id: 'LIM-006',
    promise: 'does not count fields without a resolver',
    source: 'AppSync API reference, ResolverCountLimit',
    evidence: 'documented',
    async run({ graphql }) {
      const { errors } = await graphql('{ nodes { id date a: id b: id c: id } }');
      assert.equal(errors, undefined);
    },
  },
  {
    id: 'LIM-007',
    promise: 'starts a new count for each request',
    source: 'AppSync API reference, ResolverCountLimit',
    evidence: 'documented',
    async run({ graphql }) {
      for (let times = 0; times < 3; times++) {
        const { errors } = await graphql('{ a: node { id } b: node { id } c: node { id } }');
        assert.equal(errors, undefined);
      }
    },
  },
  {
    id: 'LIM-011',
    promise: 'does not have `__schema` if introspection is off',
    source: 'AppSync API reference, IntrospectionConfig for the refusal, graphql-java v11 for the words',
    evidence: 'inferred',
    async run({ graphql }) {
      const { data, errors } = await graphql('{ __schema { types { name } } }');
      assert.equal(data, null);
      assert.deepEqual(
        errors?.map(({ message }) => message),
        [undefinedField('__schema')],
      );
    },
  },
  {
    id: 'LIM-012',
    promise: 'does not have `__type` if introspection is off',
    source: 'AppSync API reference, IntrospectionConfig for the refusal, graphql-java v11 for the words',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('{ __type(name: "Node") { name } }');
      assert.deepEqual(
        errors?.map(({ message }) => message),
        [undefinedField('__type')],
      );
    },
  },
  {
    id: 'LIM-013',
    promise: 'answers `__typename` if introspection is off',
    source: 'AppSync API reference, IntrospectionConfig',
    evidence: 'observed',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ __typename node { __typename } }'), {
        data: { __typename: 'Query', node: { __typename: 'Node' } },
      });
    },
  },
];
