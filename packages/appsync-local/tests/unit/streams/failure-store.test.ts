import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFailureStore, failurePlaces } from '../../../src/streams/failure-store.ts';

const queue = (name: string) => ({ kind: 'queue' as const, name, arn: `arn:aws:sqs:us-east-1:1:${name}` });
const topic = { kind: 'topic' as const, name: 'c', arn: 'arn:aws:sns:us-east-1:1:c' };

test.each([
  ['', [], '.local', null],
  [', each folder once', [queue('a'), queue('b')], '.local', 'kept in .local/queues/'],
  [', of topics too', [queue('a'), topic], 'data', 'kept in data/queues/ and data/topics/'],
  [' where nothing is kept', [topic], undefined, 'printed here and not kept'],
])('says where goes what is given up%s', (_, destinations, directory, place) => {
  const sentence = place && `Records that event source mappings drop are ${place}.`;

  expect(failurePlaces(destinations, directory)).toBe(sentence);
});

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'failure-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test.each([
  ['in files', emptyDirectory],
  ['in memory, where nothing is kept', () => null],
])('has the last messages of a destination %s, the newest first', async (_, directory) => {
  const store = createFailureStore(directory());
  for (let n = 1; n <= 101; n += 1) {
    await store.keep(queue('a'), { n });
  }
  await store.keep(topic, { n: 0 });

  const { messages, count } = await store.last(queue('a'));

  expect([count, messages.length]).toEqual([101, 100]);
  expect([messages[0], messages.at(-1)]).toEqual([{ n: 101 }, { n: 2 }]);
  expect(await store.last(topic)).toEqual({ messages: [{ n: 0 }], count: 1 });
  expect(await store.last(queue('b'))).toEqual({ messages: [], count: 0 });
});

test('shows a line that is no JSON as it is', async () => {
  const directory = emptyDirectory();
  const store = createFailureStore(directory);
  const file = await store.keep(queue('a'), { n: 1 });
  appendFileSync(file!, 'by hand\n');

  expect((await store.last(queue('a'))).messages).toEqual(['by hand', { n: 1 }]);
});
