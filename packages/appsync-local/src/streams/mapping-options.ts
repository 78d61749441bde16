import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import type { InvocationResult } from './deliver.ts';
import type { FailureStore } from './failure-store.ts';
import type { CallStreams } from './shard-reader.ts';
import type { StreamRecord } from './stream-record.ts';
import type { Wake } from './wake.ts';

/** What an event source mapping runs with. */
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
