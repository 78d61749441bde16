import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { MappingOptions } from './mapping-options.ts';
import type { Position } from './position.ts';
import { Positions } from './positions.ts';
import { createShardReader } from './shard-reader.ts';
import { reportUnreadable, ShardRun } from './shard-run.ts';
import { describeStream } from './shards.ts';
import { untilRead } from './until-read.ts';

export interface RunningMapping {
  /** Reads no more records. A running invocation has two seconds to end; after that its batch is delivered again at the next start. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 2_000;
/** "Change data capture for DynamoDB Streams": records are kept for 24 hours. */
const KEPT_SECONDS = 86_400;

/**
 * Reads a table's stream and passes it to a Lambda function, like `AWS::Lambda::EventSourceMapping`. Resolves when it has a
 * position in every shard: with StartingPosition LATEST, everything written from then on is delivered.
 */
export async function runMapping(options: MappingOptions): Promise<RunningMapping> {
  const run = new MappingRun(options);
  await run.start();
  return run;
}

class MappingRun implements RunningMapping {
  readonly #options: MappingOptions;
  readonly #positions: Positions;
  readonly #stopping = new AbortController();
  /** Shards that are being read, or have been. */
  readonly #shardRuns = new Map<string, Promise<void>>();

  constructor(options: MappingOptions) {
    this.#options = options;
    this.#positions = new Positions(options.checkpoint, options.localStreamArn);
  }

  /** Begins at StartingPosition the first time; later continues where the mapping stopped. */
  async start(): Promise<void> {
    await this.#startShards(this.#positions.isResumed ? undefined : this.#options.mapping.startingPosition);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#options.wake.signal();
    const grace = new AbortController();
    await Promise.race([
      Promise.all(this.#shardRuns.values()),
      sleep(STOP_GRACE_MS, null, { signal: grace.signal }).catch(() => null),
    ]);
    grace.abort();
    await this.#positions.flush();
  }

  /**
   * Starts every shard that can be read now. A shard is read after its parent, so that the changes of an item stay in order.
   *
   * @param startingPosition for shards without a position. @default such shards are new and are read from their beginning
   */
  async #startShards(startingPosition?: EventSourceMappingModel['startingPosition']): Promise<void> {
    const { call, localStreamArn } = this.#options;
    const { shards, createdAt } = await describeStream(call, localStreamArn);
    const ids = new Set(shards.map(({ shardId }) => shardId));
    this.#positions.keepOnly(ids);
    for (const { shardId, parentShardId } of shards) {
      if (this.#shardRuns.has(shardId) || this.#positions.hasEnded(shardId)) {
        continue;
      }
      if (startingPosition) {
        this.#positions.begin(shardId, firstPosition(startingPosition, createdAt));
      }
      const waitsForParent =
        parentShardId !== undefined && ids.has(parentShardId) && !this.#positions.hasEnded(parentShardId);
      if (!waitsForParent) {
        await this.#startShard(shardId, startingPosition === 'LATEST');
      }
    }
    this.#positions.save();
  }

  async #startShard(shardId: string, isLatest: boolean): Promise<void> {
    const { call, localStreamArn, mapping, report } = this.#options;
    const position = this.#positions.of(shardId) ?? { since: 0 };
    if ('ended' in position) {
      return;
    }
    this.#positions.begin(shardId, position);
    const reader = createShardReader({
      call,
      streamArn: localStreamArn,
      shardId,
      from: isLatest ? 'LATEST' : position,
      report: (line) => report(`table ${mapping.tableName}: ${line}`),
    });
    await reader.open();
    const save = (after: string): void => this.#positions.advance(shardId, { after });
    const run = new ShardRun(this.#options, shardId, reader, this.#stopping.signal, save);
    this.#shardRuns.set(
      shardId,
      this.#follow(shardId, run).catch((error: Error) =>
        report(`the stream of table ${mapping.tableName} is no longer read: ${error.stack ?? error.message}`),
      ),
    );
  }

  /** Continues with the shards that the shard was split into. */
  async #follow(shardId: string, run: ShardRun): Promise<void> {
    if ((await run.run()) === 'ended') {
      this.#positions.advance(shardId, { ended: true });
      await untilRead(
        () => this.#startShards(),
        this.#stopping.signal,
        (error) => reportUnreadable(this.#options, error),
      );
    }
  }
}

/** Skips the records of an earlier table with the same name, which the engine keeps in the same stream. */
function firstPosition(
  startingPosition: EventSourceMappingModel['startingPosition'],
  createdAt: number,
): Position {
  const now = Math.floor(Date.now() / 1000);
  return { since: startingPosition === 'LATEST' ? now : Math.max(Math.floor(createdAt), now - KEPT_SECONDS) };
}
