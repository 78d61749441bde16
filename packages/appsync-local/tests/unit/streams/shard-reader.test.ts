import { describe, expect, it } from 'vitest';
import {
  type CallStreams,
  createShardReader,
  type ShardReaderOptions,
} from '../../../src/streams/shard-reader.ts';
import type { StreamRecord } from '../../../src/streams/stream-record.ts';
import { numbersOf, record, records } from './harness/records.ts';

class Refusal extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

/** A shard whose iterators are the number of the record before; `refuse` may throw in place of an answer. */
function shard(stored: StreamRecord[], refuse: (operation: string, input: object) => void = () => {}) {
  const limits: number[] = [];
  const last = (): number => Number(stored.at(-1)?.dynamodb.SequenceNumber ?? 0);
  const positions: Record<string, (number: number) => number> = {
    TRIM_HORIZON: () => 0,
    LATEST: last,
    AFTER_SEQUENCE_NUMBER: (number) => number,
    AT_SEQUENCE_NUMBER: (number) => number - 1,
  };
  const call = async (operation: string, input: Record<string, unknown>): Promise<unknown> => {
    refuse(operation, input);
    if (operation === 'GetShardIterator') {
      return {
        ShardIterator: String(positions[String(input.ShardIteratorType)]!(Number(input.SequenceNumber))),
      };
    }
    limits.push(Number(input.Limit));
    const after = Number(input.ShardIterator);
    const Records = stored
      .filter(({ dynamodb }) => Number(dynamodb.SequenceNumber) > after)
      .slice(0, Number(input.Limit));
    return { Records, NextShardIterator: Records.at(-1)?.dynamodb.SequenceNumber ?? String(after) };
  };
  const lines: string[] = [];
  const reader = (from: ShardReaderOptions['from']) =>
    createShardReader({
      call: call as CallStreams,
      streamArn: 'arn',
      shardId: 'one',
      from,
      report: (line) => lines.push(line),
    });
  return { reader, lines, limits };
}

const read = async (reader: ReturnType<typeof createShardReader>): Promise<number[]> =>
  numbersOf((await reader.read()).records);

describe('a shard', () => {
  it('is read from the record after the one handled last, page by page', async () => {
    const { reader, lines } = shard(records(1, 150));
    const from = reader({ after: '20' });

    const pages = [await read(from), await read(from), await read(from)];

    expect([pages[0]![0], pages[0]!.length, pages[1]!.length, pages[2]!.length]).toEqual([21, 100, 30, 0]);
    expect(lines).toEqual([]);
  });

  it('is read from its oldest record on, those of an earlier stream left out', async () => {
    const { reader } = shard([...records(1, 3, { createdAt: 99 }), ...records(4, 5, { createdAt: 100 })]);

    expect(await read(reader({ since: 100 }))).toEqual([4, 5]);
  });

  it('is read from LATEST as it was when it was opened', async () => {
    const stored = records(1, 3);
    const { reader } = shard(stored);
    const latest = reader('LATEST');

    await latest.open();
    stored.push(record(4));

    expect(await read(latest)).toEqual([4]);
  });

  it.each([
    ['the record handled last and more are gone', { after: '5' }, records(9, 10), 1],
    ['the record handled last is gone, but none after it', { after: '8' }, records(9, 10), 0],
    ['numbers have gaps', { after: '5' }, [record(5), record(9)], 0],
  ])('tells of a loss when there is one: %s', async (_, from, stored, losses) => {
    const { reader, lines } = shard(stored);

    const found = await read(reader(from));

    expect(found[0]).toBe(9);
    expect(lines).toHaveLength(losses);
  });

  it('is read from its oldest record when DynamoDB says that the place is trimmed', async () => {
    const { reader, lines } = shard(records(9, 10), (_, input) => {
      if ('SequenceNumber' in input) {
        throw new Refusal('TrimmedDataAccessException');
      }
    });

    expect(await read(reader({ after: '5' }))).toEqual([9, 10]);
    expect(lines).toEqual([expect.stringContaining('are lost; continuing with the oldest')]);
  });

  it('is read on with a new iterator when one has expired, and where it was after a failure', async () => {
    const failures = ['ExpiredIteratorException', 'InternalServerError'];
    const stored = records(1, 2);
    let isFailing = false;
    let iterators = 0;
    const { reader } = shard(stored, (operation) => {
      if (operation === 'GetShardIterator') {
        iterators += 1;
      }
      if (operation === 'GetRecords' && isFailing && failures.length > 0) {
        throw new Refusal(failures.shift()!);
      }
    });
    const from = reader({ after: '0' });
    await read(from);

    isFailing = true;
    stored.push(record(3));
    const failure = await read(from).catch((error: Error) => error.name);

    expect(failure).toBe('InternalServerError');
    expect(iterators).toBe(2);
    expect(await read(from)).toEqual([3]);
  });

  it('is asked for fewer records at a time when they are large, for more when they are small', async () => {
    const large = shard(records(1, 50, { bytes: 400_000 }));
    const small = shard(records(1, 50, { bytes: 100 }));

    for (const { reader } of [large, small]) {
      const from = reader({ after: '0' });
      await read(from);
      await read(from);
    }

    expect(large.limits).toEqual([100, 10]);
    expect(small.limits).toEqual([100, 1000]);
  });
});
