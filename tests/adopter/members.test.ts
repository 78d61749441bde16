import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';
import type { Copy } from './harness/copy.ts';

/*
 * "Add a member to an item" of CONTRIBUTING.md, as somebody would who builds upon this project.
 */

const SCHEMA = 'schema/schema.graphql';
const WRITES = ['PutItemInput', 'UpdateItemInput', 'PutValidatedItemInput'];

/** `tags: [String!]`: clients set it, filters ask what it contains. */
function addTags(copy: Copy): void {
  addToSchema(copy);
  copy.insertAfter(
    'model/item.ts',
    "  expiresAt: { type: 'seconds', always: false, setBy: 'client', inApi: true, filter: null },",
    "  tags: { type: 'texts', always: false, setBy: 'client', inApi: true, filter: 'texts' },",
  );
}

function addToSchema(copy: Copy): void {
  copy.insertAfter(SCHEMA, 'type Item @aws_api_key @aws_iam @aws_cognito_user_pools {', '  tags: [String!]');
  for (const input of ['ChangedItemInput', ...WRITES]) {
    copy.insertAfter(SCHEMA, `input ${input} {`, '  tags: [String!]');
  }
  copy.edit(
    SCHEMA,
    '"All members that are given must hold; null is as good as absent."\ninput ItemFilterInput {',
    'input TextsFilterInput {\n  contains: String\n  exists: Boolean\n}\n\ninput ItemFilterInput {\n  tags: TextsFilterInput',
  );
}

adopt('a member `tags` takes two files, and is kept everywhere', async ({ copy, does }) => {
  addTags(copy);

  await does('codegen', () => copy.script('codegen'));
  await does('codegen:check', () => copy.script('codegen:check'));
  await does('typecheck', () => copy.script('typecheck'));
  await does('synth', () => copy.synth());

  expect(copy.edited).toEqual(['model/item.ts', SCHEMA]);
});

adopt('a member that only the schema has is refused', async ({ copy, isRefused }) => {
  addToSchema(copy);
  const reason =
    /schema\.graphql: PutItemInput has tags, which no resolver or function knows: add it to MEMBERS/;

  await isRefused('codegen', () => copy.script('codegen'), reason);
  await isRefused('codegen:check', () => copy.script('codegen:check'), reason);
  await isRefused(
    'typecheck',
    () => copy.script('typecheck'),
    /"tags".* does not satisfy the constraint 'never'/,
  );
  await isRefused('synth', () => copy.synth(), reason);
});
