/** The position up to which a shard has been read and handled. */
export type Position =
  /** Everything up to this record has been handled. */
  | { after: string }
  /** Nothing has been handled; records created before this time, in epoch seconds, do not count. */
  | { since: number }
  /** The shard has ended. */
  | { ended: true };

/** Positions by shard, of one stream. */
export interface Checkpoint {
  /** A recreated table has another stream. */
  streamArn: string;
  shards: Record<string, Position>;
}
