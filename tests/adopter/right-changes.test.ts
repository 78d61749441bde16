import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { addGroup, expectGroup } from './changes/group.ts';
import { addList, expectList, grantList, resolveList } from './changes/index-list.ts';
import { addKind, addRule, testKind } from './changes/kind.ts';
import { addMutation, expectMutation, resolveMutation } from './changes/lambda-mutation.ts';
import {
  addMemberToModel,
  addMemberToSchema,
  addOperatorToModel,
  addOperatorToSchema,
} from './changes/members.ts';
import { addReadmeField, expectReadmeField, resolveReadmeField } from './changes/readme-field.ts';
import { WHO_MAY } from './changes/who-may.ts';
import { adopt } from './harness/adopt.ts';

/** Tests that speak of what is changed, and must not mind it. */
const UNIT_TESTS = [
  'unit/model/caller.test',
  'unit/model/filter.test',
  'unit/model/next-item',
  'unit/model/kinds/validate.examples', // part: validated-items
  'unit/schema',
  'unit/live-items-types', // part: live-items
  'unit/resolvers/pipeline/put-item',
  'unit/functions/put-validated-item/put.refused-input.test', // part: validated-items
  'unit/functions/put-validated-item/put.test', // part: validated-items
  'live-items/tests/documents', // part: live-items
  'live-items/tests/merge', // part: live-items
];
const API_TESTS = [
  ...['permissions', 'filters', 'members'],
  ...['orders', 'validated-items'], // part: validated-items
].map((name) => `/${name}.test`);
const INFRA_TESTS = [
  ...[
    'app',
    'checks',
    'gate',
    'items-api',
    'items-data',
    'items-stack',
    'launch-file',
    'monitoring',
    'users',
  ],
  'put-validated-item', // part: validated-items
].map((name) => `infra/${name}.test`);
const PROJECTS = [
  'api (memory)',
  'unit',
  'infra',
  'transfer', // part: transfer
  'clients', // part: live-items
];

/**
 * The usual changes of a first week, in one copy: the field of README, a member, an operator, a kind with a reference and a rule, an index with its list, a mutation
 * with a Lambda function of its own, a group. What is forgotten on the way is named.
 */
adopt('right changes stay green', async ({ copy, does, isRefused }) => {
  const member = copy.editedBy(() => addMemberToModel(copy, addMemberToSchema(copy)));
  const operator = copy.editedBy(() => addOperatorToModel(copy, addOperatorToSchema(copy)));
  // part: validated-items
  addKind(copy);
  await isRefused('codegen', () => copy.script('codegen'), 'x-rules names rule "total"; there are gtin');
  addRule(copy);
  testKind(copy);
  addList(copy);
  // end: validated-items
  addMutation(copy);
  addReadmeField(copy);
  const left = 'schema/generated/of-a-kind-that-was.ts';
  copy.write(left, '');
  await does('codegen', () => copy.script('codegen'));
  expect(existsSync(join(copy.folder, left))).toBe(false);
  await isRefused(
    'synth',
    () => copy.synth(),
    'has no resolver: add resolvers/Mutation.greet.ts',
    'has no resolver: add resolvers/Query.itemExists.ts',
    'has no resolver: add resolvers/Query.listItemsByCreation.ts', // part: validated-items
  );
  const mutation = copy.editedBy(() => resolveMutation(copy));
  resolveReadmeField(copy);
  resolveList(copy); // part: validated-items
  const group = copy.editedBy(() => addGroup(copy));
  await isRefused(
    'permissions',
    () => copy.test(['api (memory)'], '/permissions.test', '--testNamePattern=(who|what) may'),
    'what may callers of `auditors` do?',
    'who may call `Mutation.greet`?',
    'who may call `Query.itemExists`?',
    'who may call `Query.listItemsByCreation`?', // part: validated-items
    `say it in ${WHO_MAY}`,
  );
  expectGroup(copy);
  expectMutation(copy);
  expectReadmeField(copy);
  expectList(copy); // part: validated-items
  grantList(copy); // part: validated-items

  await does('codegen:check', () => copy.script('codegen:check'));
  await does('typecheck', () => copy.script('typecheck'));
  await does('synth', () => copy.script('synth'));
  await does('tests', () =>
    copy.test(PROJECTS, ...UNIT_TESTS, ...API_TESTS, ...INFRA_TESTS, '/members.test'),
  );

  expect({ member, operator, mutation, group }).toEqual({
    member: ['model/item.ts', 'schema/schema.graphql'],
    operator: [
      'model/filter.ts',
      'model/query/holds.ts', // part: live-items
      'schema/schema.graphql',
      'tests/api/filters.test.ts',
      'tests/unit/model/filter.test.ts',
    ],
    mutation: [
      '.vscode/launch.json',
      'functions/greet/handler.ts',
      'infra/lambda-sources.ts',
      'infra/routes.ts',
      'resolvers/Mutation.greet.ts',
    ],
    group: ['model/caller.ts'],
  });
});
