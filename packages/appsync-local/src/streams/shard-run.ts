import { createDeliver } from './deliver.ts';
import { dropRecords, failedOnce } from './drop-records.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { LookAgain } from './look-again.ts';
import type { MappingOptions } from './mapping-options.ts';
import { createProgress, type Progress } from './progress.ts';
import type { ShardReader } from './shard-reader.ts';
import { eventText, isUnchanged, type StreamRecord, toEventRecord } from './stream-record.ts';
import { untilRead } from './until-read.ts';

/** Reads one shard to its end and delivers its records to the mapping's Lambda function. */
export class ShardRun {
  readonly #options: MappingOptions;
  readonly #reader: ShardReader;
  readonly #stopping: AbortSignal;
  readonly #progress: Progress;
  readonly #lanes: Lanes;

  /** @param save called with each sequence number up to which every record has been handled */
  constructor(
    options: MappingOptions,
    shardId: string,
    reader: ShardReader,
    stopping: AbortSignal,
    save: (after: string) => void,
  ) {
    const { mapping, report } = options;
    this.#options = options;
    this.#reader = reader;
    this.#stopping = stopping;
    this.#progress = createProgress(save);
    const deliver = createDeliver({
      mapping,
      invoke: (records) => options.invoke(mapping.functionArn, eventText(records)),
      dropRecords: (dropped) => dropRecords(options, shardId, dropped, stopping),
      hindrance: options.hindrance,
      since: Date.now(),
      report: (reason, records) => report(failedOnce(mapping, reason, records)),
      stopping,
    });
    this.#lanes = createLanes({
      count: mapping.parallelizationFactor,
      batchSize: mapping.batchSize,
      windowMs: mapping.batchingWindowSeconds * 1000,
      send: (records) => deliver(records, this.#progress.handled),
    });
    stopping.addEventListener('abort', () => void this.#lanes.stop());
  }

  /**
   * Reads the shard; at its end, waits until the function has handled every record.
   *
   * @returns `stopped` when the server stops; records not yet handled are delivered again at the next start
   */
  async run(): Promise<'ended' | 'stopped'> {
    const isRead = await this.#readToEnd();
    if (isRead) {
      await this.#lanes.drained();
    }
    await this.#lanes.stop();
    return isRead && !this.#stopping.aborted ? 'ended' : 'stopped';
  }

  /** @returns false when the server stops before the end */
  async #readToEnd(): Promise<boolean> {
    const { wake, idleMs } = this.#options;
    const lookAgain = new LookAgain(wake, idleMs);
    while (!this.#stopping.aborted) {
      const seen = wake.count();
      const page = await untilRead(() => this.#reader.read(), this.#stopping, this.#reportUnreadable);
      if (page === null) {
        return false;
      }
      if (page.records.length > 0) {
        this.#take(page.records);
        await this.#lanes.room();
      }
      if (page.ended) {
        return true;
      }
      if (page.records.length === 0) {
        await lookAgain.wait(seen);
      }
    }
    return false;
  }

  /** Records that the mapping filters out count as handled. */
  #take(read: StreamRecord[]): void {
    const { mapping, region, localStreamArn, passes } = this.#options;
    const place = { region, streamArn: mapping.streamArn };
    const records = read.map((record) => toEventRecord(record, place, localStreamArn));
    const isWanted = (record: StreamRecord): boolean => !isUnchanged(record) && passes(record);
    this.#progress.read(records);
    this.#progress.handled(records.filter((record) => !isWanted(record)));
    this.#lanes.add(records.filter(isWanted));
  }

  readonly #reportUnreadable = (error: Error): void => reportUnreadable(this.#options, error);
}

export function reportUnreadable({ mapping, report }: MappingOptions, { message }: Error): void {
  report(`the stream of table ${mapping.tableName} cannot be read, trying again: ${message}`);
}
