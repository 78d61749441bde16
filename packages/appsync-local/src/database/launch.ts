import type { EngineAddress } from './engine-address.ts';
import type { EngineProcess } from './engine-process.ts';

/** Prepares to run one kind of engine in a place. */
export type Launch = (place: Place) => Promise<{
  start: () => Promise<EngineProcess>;
  sweepExpiredItems?: () => Promise<number>;
  /** The file with the tables; absent if there is none. */
  databaseFile?: string;
  /** Whether the file changes slightly before each write is acknowledged. @default false */
  tellsWrites?: true;
  /** Every response has a Content-Length. @default false */
  answersWithLength?: true;
}>;

export interface Place {
  directory: string;
  address: EngineAddress;
  /** Whether the directory is removed with the server. */
  temporary: boolean;
  log: (line: string) => void;
}
