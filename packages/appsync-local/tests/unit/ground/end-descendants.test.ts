import { expect, it } from 'vitest';
import { descendantsOf } from '../../../src/ground/end-descendants.ts';

it('finds what a process started, and what that started, in its own process group only', () => {
  const processes = [
    { pid: 10, parent: 1, group: 7 },
    { pid: 11, parent: 10, group: 7 },
    { pid: 12, parent: 11, group: 7 },
    { pid: 13, parent: 10, group: 13 }, // such as the DynamoDB engine
    { pid: 14, parent: 13, group: 7 },
    { pid: 15, parent: 1, group: 7 }, // what started us starts this too
  ];

  expect(descendantsOf(10, processes)).toEqual([11, 12]);
});
