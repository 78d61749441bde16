import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import type { InvocationResult } from './deliver.ts';
import type { FailureStore } from './failure-store.ts';
import type { CallStreams } from './shard-reader.ts';
import type { StreamRecord } from './stream-record.ts';
import type { Wake } from './wake.ts';

/** The options of an event source mapping. */
export interface MappingOptions {
  mapping: EventSourceMappingModel;
  region: string;
  /** The stream's ARN in the local DynamoDB. */
  localStreamArn: string;
  call: CallStreams;
  /** @param event JSON text */
  invoke(functionArn: string, event: string): Promise<InvocationResult>;
  /** Whether FilterCriteria pass a record. */
  passes(record: StreamRecord): boolean;
  checkpoint: CheckpointFile;
  failures: FailureStore;
  wake: Wake;
  /** Milliseconds between polls of a stream without write signals. */
  idleMs: number;
  /** The reason why this machine hinders functions at the moment (see `createDeliver`). */
  hindrance(): Promise<string | null>;
  report(line: string): void;
}
