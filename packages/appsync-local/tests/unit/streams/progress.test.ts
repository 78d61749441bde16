import { expect, it } from 'vitest';
import { createProgress } from '../../../src/streams/progress.ts';
import { record, records } from './harness/records.ts';

it('goes no further than the first record that is not handled', () => {
  const advances: string[] = [];
  const progress = createProgress((sequenceNumber) => advances.push(sequenceNumber));

  progress.read(records(1, 6));
  progress.handled([record(2), record(4)]);
  const ahead = [...advances];
  progress.handled([record(1)]);
  progress.handled([record(3)]);
  progress.handled(records(5, 6));

  expect(ahead).toEqual([]);
  expect(advances).toEqual(['2', '4', '6']);
  expect(progress.pending()).toBe(0);
});
