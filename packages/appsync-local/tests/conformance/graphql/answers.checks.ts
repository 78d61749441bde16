import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** Errors that code raises, the order of things, and what handlers are told of the selection. */
export const answerChecks: Check[] = [
  {
    id: 'GQL-341',
    promise:
      'has the keys path, data, errorType, errorInfo, locations and message, in this order, in an error of code',
    source: 'aws/aws-appsync-community#328',
    evidence: 'observed',
    async run({ graphql }) {
      const { data, errors } = await graphql(
        '{ r: raise(message: "Not found", type: "NotFound", data: "{\\"text\\":\\"t\\",\\"id\\":1}", info: "{\\"k\\":\\"v\\"}") { text } }',
      );
      assert.deepEqual(data, { r: null });
      assert.equal(
        JSON.stringify(errors),
        JSON.stringify([
          {
            path: ['r'],
            data: { text: 't' },
            errorType: 'NotFound',
            errorInfo: { k: 'v' },
            locations: [{ line: 1, column: 3, sourceName: null }],
            message: 'Not found',
          },
        ]),
      );
    },
  },
  {
    id: 'GQL-342',
    promise: 'has null for arguments that `util.error` did not get',
    source: 'aws/aws-appsync-community#328',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('{ raise(message: "No") { text } }');
      assert.deepEqual(errors, [
        {
          path: ['raise'],
          data: null,
          errorType: null,
          errorInfo: null,
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: 'No',
        },
      ]);
    },
  },
  {
    id: 'GQL-343',
    promise: 'keeps the value when errors are appended, with an entry for each',
    source: 'AppSync developer guide, built-in-util-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data, errors } = await graphql('{ append(message: "one") { text } }');
      assert.deepEqual(data, { append: { text: 'kept' } });
      assert.deepEqual(
        errors?.map(({ message, errorType }) => [message, errorType]),
        [
          ['one', 'First'],
          ['again', 'Second'],
        ],
      );
    },
  },
  {
    id: 'GQL-344',
    promise: 'answers the other fields when one fails',
    source: 'GraphQL specification 6.4.4',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql('{ raise(message: "No") { text } hello(name: "a") }');
      assert.deepEqual(data, { raise: null, hello: 'Hello, a' });
    },
  },
  {
    id: 'GQL-345',
    promise: 'answers fields in the order of the document, fragments in their place',
    source: 'GraphQL specification 6.2.2',
    evidence: 'inferred',
    async run({ graphql }) {
      const { data } = await graphql(
        '{ b: hello(name: "b") ...F a: hello(name: "a") } fragment F on Query { unattached }',
      );
      assert.equal(JSON.stringify(data), '{"b":"Hello, b","unattached":null,"a":"Hello, a"}');
    },
  },
  {
    id: 'GQL-346',
    promise: 'honours `@skip` and `@include`',
    source: 'GraphQL specification 3.13',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql(
        'query ($y: Boolean!) { a: unattached @skip(if: $y) b: unattached @include(if: $y) c: unattached @skip(if: false) }',
        { y: true },
      );
      assert.deepEqual(data, { b: null, c: null });
    },
  },
  {
    id: 'GQL-347',
    promise: 'answers a field with `@defer` together with the rest',
    source: 'the AppSync developer guide documents no incremental delivery',
    evidence: 'inferred',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ hello(name: "a") @defer }'), { data: { hello: 'Hello, a' } });
    },
  },
  {
    id: 'GQL-348',
    promise: 'lists aliases and nested paths in `ctx.info.selectionSetList`',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql<{ info: { list: string[] } }, never>(
        '{ info { list who: author { ...F } } } fragment F on Author { n: name }',
      );
      assert.deepEqual(data?.info.list, ['list', 'who', 'who/n']);
    },
  },
  {
    id: 'GQL-349',
    promise: 'has the schema’s names of field and type in `ctx.info`',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql('{ alias: info { fieldName parentTypeName } }');
      assert.deepEqual(data, { alias: { fieldName: 'info', parentTypeName: 'Query' } });
    },
  },
  {
    id: 'GQL-350',
    promise: 'has the variables as sent in `ctx.info.variables`',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql<{ info: { variables: string } }, object>(
        'query ($a: Int) { info(a: $a) { variables } }',
        { a: 5 },
      );
      assert.deepEqual(JSON.parse(data!.info.variables), { a: 5 });
    },
  },
  {
    id: 'GQL-351',
    promise: 'has the selection as GraphQL text, braces included, in `ctx.info.selectionSetGraphQL`',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql<{ info: { graphQL: string } }, never>(
        '{ info { graphQL author { name } } }',
      );
      assert.equal(data?.info.graphQL.replace(/\s+/g, ' '), '{ graphQL author { name } }');
    },
  },
  {
    id: 'GQL-352',
    promise: 'refuses an evaluated response over 5 MB: `MappingTemplate`, `Transformation too large`',
    source:
      'AWS General Reference, AppSync endpoints and quotas, for the quota, awslabs/aws-mobile-appsync-sdk-js#124 for the words',
    evidence: 'observed',
    async run({ graphql }) {
      // A request is at most 1 MB, so the handler has to make more of it.
      const { data, errors } = await graphql<{ grow: string | null }, object>(
        'query ($t: String) { grow(text: $t) }',
        { t: 'x'.repeat(700_000) },
      );
      assert.deepEqual(data, { grow: null });
      assert.deepEqual(
        errors?.map(({ errorType, message }) => [errorType, message]),
        [['MappingTemplate', 'Transformation too large']],
      );
    },
  },
];
