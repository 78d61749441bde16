import type { CheckpointFile } from './checkpoint-file.ts';
import type { Checkpoint, Position } from './position.ts';

/** The positions of a mapping in the shards of its stream. */
export class Positions {
  /** Whether an earlier run of the server left a position in this very stream. */
  readonly isResumed: boolean;
  readonly #file: CheckpointFile;
  readonly #checkpoint: Checkpoint;

  constructor(file: CheckpointFile, streamArn: string) {
    const kept = file.load();
    this.isResumed = kept?.streamArn === streamArn;
    this.#checkpoint = kept && this.isResumed ? kept : { streamArn, shards: {} };
    this.#file = file;
  }

  /** undefined for a shard without a position. */
  of(shardId: string): Position | undefined {
    return this.#checkpoint.shards[shardId];
  }

  hasEnded(shardId: string): boolean {
    return 'ended' in (this.of(shardId) ?? {});
  }

  /** Sets a start position, which is saved with the next `save`. */
  begin(shardId: string, position: Position): void {
    this.#checkpoint.shards[shardId] = position;
  }

  /** Moves a position forward, and saves it. */
  advance(shardId: string, position: Position): void {
    this.begin(shardId, position);
    this.save();
  }

  save(): void {
    this.#file.save(this.#checkpoint);
  }

  /** Forgets the shards that the stream no longer has. */
  keepOnly(shardIds: ReadonlySet<string>): void {
    for (const shardId of Object.keys(this.#checkpoint.shards)) {
      if (!shardIds.has(shardId)) {
        delete this.#checkpoint.shards[shardId];
      }
    }
  }

  /** Resolves once everything saved is on file. */
  flush(): Promise<void> {
    return this.#file.flush();
  }
}
