import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';
import { addOperatorToModel, addOperatorToSchema, SCHEMA } from './harness/members.ts';

adopt('an operator such as `notContains` takes two files, and a row in two tests', async ({ copy, does }) => {
  addOperatorToModel(copy, addOperatorToSchema(copy));

  await does('codegen', () => copy.script('codegen'));
  await does('typecheck', () => copy.script('typecheck'));
  await does('synth', () => copy.synth());
  await does('tests', () =>
    copy.test(['api (memory)', 'unit'], 'api/filters.test', 'api/members.test', 'unit/model/filter.test'),
  );

  expect(copy.edited).toEqual([
    'model/filter.ts',
    SCHEMA,
    'tests/api/filters.test.ts',
    'tests/unit/model/filter.test.ts',
  ]);
});
