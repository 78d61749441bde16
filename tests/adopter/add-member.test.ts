import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';
import { addMemberToModel, addMemberToSchema, SCHEMA } from './harness/members.ts';

/** Tests that speak of an item's members, and must not mind another one. */
const UNIT_TESTS = [
  'unit/model/next-item',
  'unit/model/filter',
  'unit/schema',
  'unit/live-items-types', // part: live-items
  'unit/resolvers/pipeline/put-item',
  'unit/functions/put-validated-item/put.test',
  'live-items/tests/documents', // part: live-items
  'live-items/tests/merge', // part: live-items
];

/** Projects whose members.test.ts follows each member on its way. */
const ROUND_TRIPS = [
  'api (memory)',
  'transfer', // part: transfer
  'clients', // part: live-items
];

adopt('a member such as `tags` takes two files, and is kept everywhere', async ({ copy, does }) => {
  addMemberToModel(copy, addMemberToSchema(copy));

  await does('codegen', () => copy.script('codegen'));
  await does('codegen:check', () => copy.script('codegen:check'));
  await does('typecheck', () => copy.script('typecheck'));
  await does('synth', () => copy.synth());
  await does('round trip', () => copy.test(ROUND_TRIPS, '/members.test.ts'));
  await does('unit tests', () => copy.test(['unit'], ...UNIT_TESTS));

  expect(copy.edited).toEqual(['model/item.ts', SCHEMA]);
});
