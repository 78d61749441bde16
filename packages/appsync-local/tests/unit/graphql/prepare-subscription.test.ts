import { expect, it } from 'vitest';
import type { RequestRun } from '../../../src/graphql/execution.ts';
import { prepareSubscription } from '../../../src/graphql/prepare-subscription.ts';
import { createPrepare } from '../../../src/graphql/prepare.ts';
import { loadSchema } from '../../../src/graphql/schema.ts';
import { keyHolder } from './harness/run.ts';

const schema = loadSchema(
  `type Item { id: ID! }
   type Query { item: Item }
   type Mutation { putItem: Item }
   type Subscription { onPutItem: Item @aws_subscribe(mutations: ["putItem"]) }`,
  [{ type: 'API_KEY' }],
  'Schema',
);

it.each(['id', 'id @include(if: true)'])(
  'runs the resolver once for a selection of %s',
  async (selection) => {
    const prepared = createPrepare(
      schema.schema,
      true,
    )({ query: `subscription { onPutItem { ${selection} } }` });
    if (prepared.kind === 'invalid') {
      return expect.unreachable();
    }
    const resolved: string[] = [];
    const run: RequestRun = {
      effects: [],
      mutated: [],
      source: {
        serialized: false,
        depthLimit: 0,
        refusal: () => null,
        resolve: ({ coordinate }) =>
          coordinate === 'Subscription.onPutItem'
            ? (resolved.push(coordinate), Promise.resolve({ value: { id: '1' }, errors: [] }))
            : undefined,
      },
    };

    const outcome = await prepareSubscription(schema, prepared.operation, prepared.variables, keyHolder, run);

    expect(outcome.kind).toBe('accepted');
    expect(resolved).toEqual(['Subscription.onPutItem']);
  },
);
