/** How far a shard has been read and handled. */
export type Position =
  /** Everything up to this record has been handled. */
  | { after: string }
  /** Nothing has; records made before this time, in epoch seconds, do not count. */
  | { since: number }
  /** Nothing more will come. */
  | { ended: true };

/** Positions by shard, of one stream. */
export interface Checkpoint {
  /** A table that was made anew has another stream. */
  streamArn: string;
  shards: Record<string, Position>;
}
