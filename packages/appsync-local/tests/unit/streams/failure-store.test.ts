import { expect, test } from 'vitest';
import { failurePlaces } from '../../../src/streams/failure-store.ts';

const queue = (name: string) => ({ kind: 'queue' as const, name, arn: `arn:aws:sqs:us-east-1:1:${name}` });
const topic = { kind: 'topic' as const, name: 'c', arn: 'arn:aws:sns:us-east-1:1:c' };

test.each([
  ['', [], '.local', null],
  [', each folder once', [queue('a'), queue('b')], '.local', 'kept in .local/queues/'],
  [', of topics too', [queue('a'), topic], 'data', 'kept in data/queues/ and data/topics/'],
  [' where nothing is kept', [topic], undefined, 'printed here and not kept'],
])('says where goes what is given up%s', (_, destinations, directory, place) => {
  const sentence = place && `What event source mappings give up is ${place}.`;

  expect(failurePlaces(destinations, directory)).toBe(sentence);
});
