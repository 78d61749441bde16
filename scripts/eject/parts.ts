/** A part of the project that can be removed. */
export interface Part {
  /** What it is, for `--help`. */
  says: string;
  /** Its own files and folders, relative to the project's root. Its lines in other files are marked there (marks.ts). */
  files: readonly string[];
  /** Its texts in other files where a mark would be seen, as in a block of code on a page: each once in its file. Default: none. */
  texts?: readonly (readonly [file: string, text: string])[];
  /** Its scripts of package.json. Default: none. */
  scripts?: readonly string[];
  /** Parts that it depends on: it goes with them. Default: none. */
  needs?: readonly string[];
  /** What the user must still do by hand, one sentence each. Default: nothing. */
  afterwards?: readonly string[];
}

/** The part that is this command itself. */
export const COMMAND = 'eject';

/** The parts that `npm run eject` can remove. Each row is marked, so it goes with its part. */
export const PARTS: Readonly<Record<string, Part>> = {
  // part: demo
  demo: {
    says: 'the tour of the API, npm run demo',
    files: ['examples/demo'],
    scripts: ['demo'],
    needs: ['transfer', 'change-feed'],
  },
  // end: demo
  // part: bench
  bench: {
    says: 'the benchmarks, their peers and their results, npm run bench',
    files: ['bench', 'docs/benchmarks', 'docs/benchmarks.md', 'tests/unit/bench'],
    scripts: ['bench'],
    needs: ['costs', 'change-feed', 'validated-items'],
  },
  // end: bench
  // part: live-items
  'live-items': {
    says: 'the client that keeps a live view of items',
    files: [
      'packages/live-items',
      'bench/client',
      'bench/results/client.json',
      'bench/sections/client.ts',
      'docs/live-items.md',
      'model/query',
      'schema/generate-client-inputs.ts',
      'schema/generate-client.ts',
      'schema/generate-error-codes.ts',
      'tests/clients',
      'tests/docs/live-items.test.ts',
      'tests/react-18',
      'tests/torture/parts/durability/views.ts',
      'tests/unit/live-items-types.test.ts',
      'tests/unit/model/query',
    ],
    needs: ['change-feed'],
    afterwards: ['Front ends that import live-items need another client: docs/clients.md names some.'],
  },
  // end: live-items
  // part: front-end
  'front-end': {
    says: 'the types of front ends, npm run types',
    files: [
      'docs/front-end.md',
      'schema/front-end',
      'schema/generated/front-end',
      'tests/docs/error-types.test.ts',
      'tests/docs/front-end.test.ts',
      'tests/unit/front-end-types.test.ts',
      'tests/unit/schema/front-end',
    ],
    scripts: ['types'],
  },
  // end: front-end
  // part: web-examples
  'web-examples': {
    says: 'the examples of front ends',
    files: [
      'examples/web',
      'examples/web-amplify',
      'examples/web-apollo',
      'examples/web-fetch',
      'examples/web-live-items',
      'examples/web-urql',
      'tests/clients/web-examples.test.ts',
    ],
    needs: ['front-end', 'live-items', 'validated-items'],
  },
  // end: web-examples
  // part: transfer
  transfer: {
    says: 'import, export, seed, backup and restore, npm run import, export, seed, backup and restore',
    files: [
      'transfer',
      'bench/results/transfer.json',
      'bench/results/validated-puts.json',
      'bench/sections/transfer.ts',
      'bench/sections/validated-puts.ts',
      'docs/backups.md',
      'docs/transfer.md',
      'proof/rehearsal/rehearse-restore.ts',
      'proof/rehearsal/restored.ts',
      'tests/docs/transfer-rows.test.ts',
      'tests/torture/parts/inputs/transfer.ts',
      'tests/transfer',
    ],
    scripts: ['import', 'export', 'seed', 'backup', 'restore', 'rehearse:restore'],
    needs: ['validated-items'],
  },
  // end: transfer
  // part: torture
  torture: {
    says: 'the torture of the local server, npm run torture',
    files: ['tests/torture'],
    scripts: ['torture'],
    needs: ['change-feed', 'validated-items'],
  },
  // end: torture
  // part: costs
  costs: {
    says: 'the pages on costs and scaling, whose tables are computed from prices',
    files: [
      'deploy/standing-cost.ts',
      'tests/unit/deploy/standing-cost.test.ts',
      'docs/costs',
      'docs/costs.md',
      'docs/prices.json',
      'docs/scaling.md',
      'tests/docs/costs.test.ts',
    ],
    needs: ['change-feed', 'validated-items'],
  },
  // end: costs
  // part: change-feed
  'change-feed': {
    says: 'the feed of changes: onItemChange, itemChanges, their log and their publisher',
    files: [
      'deploy/stage/smoke/subscription.ts',
      'docs/change-feed.md',
      'functions/publish-item-change',
      'infra/change-feed.ts',
      'model/change-filter.ts',
      'model/change-log.ts',
      'packages/appsync-local/tests/server/change-feed.test.ts',
      'resolvers/Mutation.publishItemChange.ts',
      'resolvers/Query.itemChanges.ts',
      'resolvers/Subscription.onItemChange.ts',
      'resolvers/pipeline/read-changes.ts',
      'resolvers/shared/change-cursor.ts',
      'resolvers/shared/change-page.ts',
      'schema/operations/changes.graphql',
      'tests/api/change-feed.test.ts',
      'tests/api/harness/test-began.ts',
      'tests/infra/change-feed.test.ts',
      'tests/unit/functions/harness/records.ts',
      'tests/unit/functions/publish-item-change',
      'tests/unit/resolvers/Mutation.publishItemChange.test.ts',
      'tests/unit/resolvers/Query.itemChanges.test.ts',
      'tests/unit/resolvers/Subscription.onItemChange.test.ts',
      'tests/unit/resolvers/harness/change-log.ts',
      'tests/unit/resolvers/pipeline/read-changes.test.ts',
    ],
    texts: [
      ['README.md', 'Records that event source mappings drop are kept in .local/queues/.\n'],
      ['README.md', ', 1 AWS::SQS::QueuePolicy'],
    ],
  },
  // end: change-feed
  // part: validated-items
  'validated-items': {
    says: 'items whose payload keeps the rules of a kind: putValidatedItem, its Lambda function, kinds, unique values, references',
    files: [
      'deploy/gate/changed-kinds.ts',
      'functions/put-validated-item',
      'infra/kind-hashes.ts',
      'model/constraints.ts',
      'model/kinds',
      'proof/rehearsal/expect.ts',
      'proof/rehearsal/stage-calls.ts',
      'proof/rehearsal/stage.ts',
      'resolvers/Mutation.putValidatedItem.ts',
      'resolvers/Query.itemKinds.ts',
      'resolvers/Query.listItemsByKind.ts',
      'resolvers/pipeline/delete-constrained-item.ts',
      'schema/ajv-keywords.ts',
      'schema/front-end/generate-kinds.ts',
      'schema/front-end/json-schema-shape.ts',
      'schema/generate-validators.ts',
      'schema/generated/front-end/kinds',
      'schema/generated/front-end/kinds.ts',
      'schema/generated/kinds.d.ts',
      'schema/generated/kinds.js',
      'schema/kind-extensions.ts',
      'schema/kinds',
      'schema/local-references.ts',
      'schema/operations/validated-items.graphql',
      'schema/read-kinds.ts',
      'tests/adopter/changes/index-list.ts',
      'tests/adopter/changes/kind.ts',
      'tests/api/harness/product.ts',
      'tests/api/references.test.ts',
      'tests/api/validated-items.test.ts',
      'tests/docs/rows.test.ts',
      'tests/infra/bundle-function.test.ts',
      'tests/infra/put-validated-item.test.ts',
      'tests/unit/functions/harness/put-setup.ts',
      'tests/unit/functions/put-validated-item',
      'tests/unit/model/constraints.test.ts',
      'tests/unit/model/kinds',
      'tests/unit/resolvers/Mutation.putValidatedItem.test.ts',
      'tests/unit/resolvers/Query.itemKinds.test.ts',
      'tests/unit/resolvers/Query.listItemsByKind.test.ts',
      'tests/unit/resolvers/pipeline/delete-constrained-item.test.ts',
      'tests/unit/schema/front-end/generate-kinds.test.ts',
      'tests/unit/schema/front-end/json-schema-shape.test.ts',
      'tests/unit/schema/generate-validators.test.ts',
    ],
  },
  // end: validated-items
  // part: rename
  rename: {
    says: 'the command that gives the product and the type other names, npm run rename',
    files: [
      'docs/renaming.md',
      'scripts/rename',
      'tests/adopter/rename.test.ts',
      'tests/unit/scripts/rename',
    ],
    scripts: ['rename'],
    needs: ['eject'],
  },
  // end: rename
  // part: eject
  [COMMAND]: {
    says: 'this command and its marks; removed together with the last of the other parts',
    files: ['docs/removing-parts.md', 'scripts', 'tests/unit/scripts', 'tests/adopter/eject.test.ts'],
    scripts: ['eject'],
  },
  // end: eject
};
