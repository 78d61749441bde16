/** A part of the project that can be removed. */
export interface Part {
  /** What it is, for `--help`. */
  says: string;
  /** Its own files and folders, relative to the project's root. Its lines in other files are marked there (marks.ts). */
  files: readonly string[];
  /** Its scripts of package.json. Default: none. */
  scripts?: readonly string[];
  /** Parts that it depends on: they cannot be removed without it. Default: none. */
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
    needs: ['transfer'],
  },
  // end: demo
  // part: bench
  bench: {
    says: 'the benchmarks, their peers and their results, npm run bench',
    files: ['bench', 'docs/benchmarks', 'docs/benchmarks.md', 'tests/unit/bench'],
    scripts: ['bench'],
  },
  // end: bench
  // part: live-items
  'live-items': {
    says: 'the client that keeps a live view of items',
    files: [
      'packages/live-items',
      'docs/live-items.md',
      'model/query',
      'schema/generate-client-inputs.ts',
      'schema/generate-client.ts',
      'schema/generate-error-codes.ts',
      'tests/clients',
      'tests/docs/live-items.test.ts',
      'tests/torture/parts/durability/views.ts',
      'tests/unit/live-items-types.test.ts',
      'tests/unit/model/query',
    ],
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
    needs: ['front-end', 'live-items'],
  },
  // end: web-examples
  // part: transfer
  transfer: {
    says: 'import, export and seed, npm run import, export and seed',
    files: [
      'transfer',
      'docs/transfer.md',
      'tests/docs/transfer-rows.test.ts',
      'tests/torture/parts/inputs/transfer.ts',
      'tests/transfer',
    ],
    scripts: ['import', 'export', 'seed'],
  },
  // end: transfer
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
