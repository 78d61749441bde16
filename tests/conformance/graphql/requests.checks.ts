import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** What arrives over HTTP, before it is GraphQL. */
export const requestChecks: Check[] = [
  {
    id: 'GQL-001',
    promise: 'answers a query with data and without an `errors` member',
    source: 'DG designing-a-graphql-api',
    evidence: 'documented',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ hello(name: "Ada") }'), { data: { hello: 'Hello, Ada' } });
    },
  },
];
