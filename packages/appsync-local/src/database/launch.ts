import type { EngineAddress } from './engine-address.ts';
import type { EngineProcess } from './engine-process.ts';

/** How to run one kind of engine. */
export type Launch = (place: Place) => Promise<{
  start: () => Promise<EngineProcess>;
  sweepExpiredItems?: () => Promise<number>;
  /** What holds the tables; absent where no file does. */
  databaseFile?: string;
  /** Whether the file changes a little before each write is acknowledged. @default false */
  tellsWrites?: true;
  /** Every answer has a Content-Length. @default false */
  answersWithLength?: true;
}>;

export interface Place {
  directory: string;
  address: EngineAddress;
  /** Whether the directory goes with the server. */
  temporary: boolean;
  log: (line: string) => void;
}
