import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { createDeliver, type InvocationResult } from './deliver.ts';
import { failureDocument, type GivenUp } from './failure-document.ts';
import type { FailureStore } from './failure-store.ts';
import { createLanes } from './lanes.ts';
import type { Checkpoint, Position } from './position.ts';
import { createProgress } from './progress.ts';
import { type CallStreams, createShardReader, type ShardReader } from './shard-reader.ts';
import { describeStream } from './shards.ts';
import { isUnchanged, sequenceNumberOf, type StreamRecord, toEventRecord } from './stream-record.ts';
import type { Wake } from './wake.ts';

export interface MappingOptions {
  mapping: EventSourceMappingModel;
  region: string;
  /** The stream as DynamoDB names it here. */
  localStreamArn: string;
  call: CallStreams;
  invoke(functionArn: string, payload: unknown): Promise<InvocationResult>;
  /** Whether FilterCriteria let a record through. */
  passes(record: StreamRecord): boolean;
  checkpoint: CheckpointFile;
  failures: FailureStore;
  wake: Wake;
  /** Milliseconds between looks at a stream where nobody signals a write. */
  idleMs: number;
  /** Why this machine hinders functions at the moment (see `createDeliver`). */
  hindrance(): Promise<string | null>;
  report(line: string): void;
}

export interface RunningMapping {
  /** Takes no more records; what is with the function has a moment to end, and comes again next time if it does not. */
  stop(): Promise<void>;
}

/** A signal may come before the write it stands for can be read, so an empty stream is looked at again after these. */
const LOOK_AGAIN_MS = [5, 20, 80];
/** Between looks at a stream that stays empty while other tables are written to. */
const SHORTEST_WAIT_MS = 3;
const RETRY_READING_MS = 1_000;
const RETRY_KEEPING_MS = 1_000;
const STOP_GRACE_MS = 2_000;
/** "Change data capture for DynamoDB Streams": records are kept for 24 hours. */
const KEPT_SECONDS = 86_400;

/**
 * Reads a table's stream and hands it to a Lambda function, as `AWS::Lambda::EventSourceMapping` does. Resolves when
 * it has its place in every shard: with StartingPosition LATEST, what is written from then on is delivered.
 */
export async function runMapping(options: MappingOptions): Promise<RunningMapping> {
  const { mapping, call, localStreamArn, report } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const kept = options.checkpoint.load();
  const isResumed = kept?.streamArn === localStreamArn;
  const checkpoint: Checkpoint = isResumed ? kept : { streamArn: localStreamArn, shards: {} };

  const save = (shardId: string, position: Position): void => {
    checkpoint.shards[shardId] = position;
    options.checkpoint.save(checkpoint);
  };
  const hasEnded = (shardId: string): boolean => 'ended' in (checkpoint.shards[shardId] ?? {});

  /** A shard is read once its parent has been, so that the changes of an item stay in order. */
  async function startShards(atStart: boolean): Promise<void> {
    const { shards, createdAt } = await describeStream(call, localStreamArn);
    const ids = new Set(shards.map(({ shardId }) => shardId));
    for (const shardId of Object.keys(checkpoint.shards)) {
      if (!ids.has(shardId)) {
        delete checkpoint.shards[shardId];
      }
    }
    for (const { shardId, parentShardId } of shards) {
      if (running.has(shardId) || hasEnded(shardId)) {
        continue;
      }
      if (atStart && !isResumed) {
        checkpoint.shards[shardId] = firstPosition(mapping, createdAt);
      }
      if (parentShardId !== undefined && ids.has(parentShardId) && !hasEnded(parentShardId)) {
        continue;
      }
      const isLatest = atStart && !isResumed && mapping.startingPosition === 'LATEST';
      await startShard(shardId, isLatest);
    }
    options.checkpoint.save(checkpoint);
  }

  async function startShard(shardId: string, isLatest: boolean): Promise<void> {
    const position = (checkpoint.shards[shardId] ??= { since: 0 });
    if ('ended' in position) {
      return;
    }
    const reader = createShardReader({
      call,
      streamArn: localStreamArn,
      shardId,
      from: isLatest ? 'LATEST' : position,
      report: (line) => report(`table ${mapping.tableName}: ${line}`),
    });
    await reader.open();
    const broken = (error: Error): void =>
      report(`table ${mapping.tableName} is not followed any more: ${error.stack ?? error.message}`);
    running.set(shardId, runShard(shardId, reader).catch(broken));
  }

  async function runShard(shardId: string, reader: ShardReader): Promise<void> {
    const progress = createProgress((after) => save(shardId, { after }));
    const deliver = createDeliver({
      mapping,
      invoke: (Records) => options.invoke(mapping.functionArn, { Records }),
      giveUp: (givenUp) => giveUp(options, shardId, givenUp, stopping.signal),
      hindrance: options.hindrance,
      since: Date.now(),
      report: (reason, records) => report(failedOnce(mapping, reason, records)),
      stopping: stopping.signal,
    });
    const lanes = createLanes({
      count: mapping.parallelizationFactor,
      batchSize: mapping.batchSize,
      windowMs: mapping.batchingWindowSeconds * 1000,
      send: (records) => deliver(records, progress.handled),
    });
    stopping.signal.addEventListener('abort', () => void lanes.stop());

    const take = (read: StreamRecord[]): void => {
      const records = read.map((record) =>
        toEventRecord(record, { region: options.region, streamArn: mapping.streamArn }, localStreamArn),
      );
      const wanted = (record: StreamRecord): boolean => !isUnchanged(record) && options.passes(record);
      progress.read(records);
      progress.handled(records.filter((record) => !wanted(record)));
      lanes.add(records.filter(wanted));
    };

    const ended = await readAll(reader, take, () => lanes.room());
    if (ended) {
      await lanes.drained();
    }
    await lanes.stop();
    if (ended && !stopping.signal.aborted) {
      save(shardId, { ended: true });
      await untilDone(() => startShards(false));
    }
  }

  /** @returns true when the shard has ended, false when the server stops */
  async function readAll(
    reader: ShardReader,
    take: (records: StreamRecord[]) => void,
    room: () => Promise<void>,
  ): Promise<boolean> {
    let looks = 0;
    let isSignalled = false;
    while (!stopping.signal.aborted) {
      const seen = options.wake.count();
      const page = await untilDone(() => reader.read());
      if (page === null) {
        return false;
      }
      if (page.records.length > 0) {
        take(page.records);
        await room();
      }
      if (page.ended) {
        return true;
      }
      if (page.records.length > 0) {
        continue;
      }
      if (isSignalled) {
        await sleep(SHORTEST_WAIT_MS);
      }
      await options.wake.wait(seen, LOOK_AGAIN_MS[looks] ?? options.idleMs);
      isSignalled = options.wake.count() !== seen;
      looks = isSignalled ? 0 : looks + 1;
    }
    return false;
  }

  /** Tries again while DynamoDB cannot be reached. @returns null when the server stops */
  async function untilDone<T>(attempt: () => Promise<T>): Promise<T | null> {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (stopping.signal.aborted) {
          return null;
        }
        if (failures === 0) {
          report(
            `the stream of table ${mapping.tableName} cannot be read, trying again: ${(error as Error).message}`,
          );
        }
        await sleep(RETRY_READING_MS, null, { signal: stopping.signal }).catch(() => null);
      }
    }
    return null;
  }

  await startShards(true);
  return {
    async stop() {
      stopping.abort();
      options.wake.signal();
      const grace = new AbortController();
      await Promise.race([
        Promise.all(running.values()),
        sleep(STOP_GRACE_MS, null, { signal: grace.signal }).catch(() => null),
      ]);
      grace.abort();
      await options.checkpoint.flush();
    },
  };
}

/** Records of a table that was there before under the same name are not of this stream, although the engine keeps them. */
function firstPosition({ startingPosition }: EventSourceMappingModel, createdAt: number): Position {
  const now = Math.floor(Date.now() / 1000);
  return { since: startingPosition === 'LATEST' ? now : Math.max(Math.floor(createdAt), now - KEPT_SECONDS) };
}

/** @returns false when the server stops before there is room for them */
async function giveUp(
  { mapping, failures, report }: MappingOptions,
  shardId: string,
  givenUp: Pick<GivenUp, 'records' | 'condition' | 'invocations' | 'functionFailed'>,
  stopping: AbortSignal,
): Promise<boolean> {
  const { functionArn, streamArn, onFailure } = mapping;
  const line = `${title(mapping, givenUp.records)} given up (${givenUp.condition}) after ${givenUp.invocations} invocations`;
  if (!onFailure) {
    report(`${line}; the mapping has no on-failure destination`);
    return true;
  }
  const message = failureDocument({ ...givenUp, functionArn, streamArn, shardId }, new Date());
  for (let attempts = 1; !stopping.aborted; attempts += 1) {
    try {
      const place = await failures.keep(onFailure, message);
      const where = place === null ? JSON.stringify(message) : `see ${place}`;
      report(`${line}; ${onFailure.kind} ${onFailure.name}: ${where}`);
      return true;
    } catch (error) {
      const why = (error as Error).message;
      if (!isForWantOfRoom(error)) {
        report(`${line}; it could not be kept (${why}): ${JSON.stringify(message)}`);
        return true;
      }
      if (attempts === 1) {
        report(`${line}; it waits for room to be kept in (${why})`);
      }
      await sleep(RETRY_KEEPING_MS, null, { signal: stopping }).catch(() => null);
    }
  }
  return false;
}

const isForWantOfRoom = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

const failedOnce = (mapping: EventSourceMappingModel, reason: string, records: StreamRecord[]): string =>
  `${title(mapping, records)} not handled, ${reason}`;

/** `3 records of table Orders (7 to 9) for Lambda function Count:` */
function title({ tableName, functionArn }: EventSourceMappingModel, records: StreamRecord[]): string {
  const [first, last] = [sequenceNumberOf(records[0]!), sequenceNumberOf(records.at(-1)!)];
  const numbers = first === last ? first : `${first} to ${last}`;
  const count = records.length === 1 ? '1 record' : `${records.length} records`;
  return `${count} of table ${tableName} (${numbers}) for Lambda function ${functionArn.split(':').pop()}:`;
}
