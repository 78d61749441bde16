import { expect, it } from 'vitest';
import {
  countedNames,
  matching,
  medianText,
  rowsOf,
  runsText,
} from '../../../../../../src/console/page/rooms/functions/rows.ts';

const none = { count: 0, errors: 0 };
const VIEW = {
  lambdas: [],
  resolvers: [
    {
      field: 'Mutation.put',
      kind: 'PIPELINE',
      dataSources: ['DynamoDB Notes', 'Lambda Check'],
      functions: ['read'],
      runs: { count: 3, errors: 1, medianMs: 12.4 },
    },
    { field: 'Query.old', kind: 'NOT_RUN', dataSources: [], functions: [], reason: 'VTL', runs: none },
  ],
  appSyncFunctions: [],
  isRecording: true,
} satisfies Parameters<typeof rowsOf>[0];

it('says of each resolver what it asks and how it did', () => {
  const rows = rowsOf(VIEW, 'resolver');

  expect(rows).toMatchObject([
    { name: 'Mutation.put', what: 'pipeline: DynamoDB Notes, Lambda Check' },
    { name: 'Query.old', reason: 'VTL' },
  ]);
  expect(rows.map(({ runs }) => [runsText(runs), medianText(runs)])).toEqual([
    ['3, 1 failed', '12 ms'],
    ['', ''],
  ]);
  expect(matching(rows, ' lambda check').map(({ name }) => name)).toEqual(['Mutation.put']);
});

it('counts functions that a pipeline has several times', () => {
  expect(countedNames(['read', 'write', 'read'])).toEqual([
    ['read', 2],
    ['write', 1],
  ]);
});
