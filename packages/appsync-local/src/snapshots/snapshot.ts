import { join } from 'node:path';
import type { TableDescription } from '../database/table-shape.ts';
import { StartFailure } from '../ground/start-failure.ts';

/** Where the data is, and where its snapshots are. */
export interface Places {
  /** The data directory of servers, absolute. */
  data: string;
  /** The folder of the snapshots, absolute. */
  snapshots: string;
}

/** What a snapshot says of itself: the file `NAME.json` in the folder of the snapshots. */
export interface Snapshot {
  name: string;
  /** ISO 8601, UTC. */
  savedAt: string;
  /** The folder beside this file that has the files. */
  folder: string;
  files: SnapshotFile[];
  tables: SnapshotTable[];
}

/** A file as it was when the snapshot was saved. */
export interface SnapshotFile {
  /** Below the data directory: one of `KEPT_FOLDERS`, a slash, and a name. */
  path: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

export interface SnapshotTable extends Pick<
  TableDescription,
  'KeySchema' | 'AttributeDefinitions' | 'LocalSecondaryIndexes'
> {
  TableName: string;
  ItemCount: number;
}

/** The folder of the tables in a data directory. */
export const TABLES = 'dynamodb';
/** Folders of a data directory that belong to its items: tables, positions in their streams, and records that mappings dropped. */
export const KEPT_FOLDERS = [TABLES, 'streams', 'queues', 'topics'] as const;

const NAME = /^[A-Za-z0-9][\w-]{0,63}$/;

/** @throws StartFailure for a name that is not the same file name on every system */
export function checkName(name: string): void {
  if (!NAME.test(name)) {
    throw new StartFailure(
      `a snapshot cannot be named ${JSON.stringify(name)}: use up to 64 letters, digits, - and _, with a letter or a digit first`,
    );
  }
}

/** The file whose presence makes a snapshot. */
export const manifestOf = ({ snapshots }: Places, name: string): string => join(snapshots, `${name}.json`);

export const bytesOf = ({ files }: Snapshot): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
