import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../ground/counted.ts';
import type { EventSourceMappingModel } from '../template/app-model.ts';
import { failureDocument, type DroppedRecords } from './failure-document.ts';
import type { FailureStore } from './failure-store.ts';
import { sequenceNumberOf, type StreamRecord } from './stream-record.ts';

const RETRY_KEEPING_MS = 1_000;

export interface DropOptions {
  mapping: EventSourceMappingModel;
  failures: FailureStore;
  report(line: string): void;
}

/**
 * Sends dropped records to the mapping's on-failure destination, and reports them. Waits while the disk is full.
 *
 * @returns false when the server stops before they could be kept
 */
export async function dropRecords(
  { mapping, failures, report }: DropOptions,
  shardId: string,
  dropped: Pick<DroppedRecords, 'records' | 'condition' | 'invocations' | 'functionFailed'>,
  stopping: AbortSignal,
): Promise<boolean> {
  const { functionArn, streamArn, onFailure } = mapping;
  const line = `${title(mapping, dropped.records)} dropped (${dropped.condition}) after ${dropped.invocations} invocations`;
  if (!onFailure) {
    report(`${line}; the mapping has no on-failure destination`);
    return true;
  }
  const message = failureDocument({ ...dropped, functionArn, streamArn, shardId }, new Date());
  for (let attempts = 1; !stopping.aborted; attempts += 1) {
    try {
      const place = await failures.keep(onFailure, message);
      const where = place === null ? JSON.stringify(message) : `see ${place}`;
      report(`${line}; ${onFailure.kind} ${onFailure.name}: ${where}`);
      return true;
    } catch (error) {
      const why = (error as Error).message;
      if (!isDiskFull(error)) {
        report(`${line}; it could not be stored (${why}): ${JSON.stringify(message)}`);
        return true;
      }
      if (attempts === 1) {
        report(`${line}; it will be stored when there is disk space (${why})`);
      }
      await sleep(RETRY_KEEPING_MS, null, { signal: stopping }).catch(() => null);
    }
  }
  return false;
}

const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

export const failedOnce = (
  mapping: EventSourceMappingModel,
  reason: string,
  records: StreamRecord[],
): string => `${title(mapping, records)} not handled, ${reason}`;

/** `3 records of table Orders (7 to 9) for Lambda function Count:` */
function title({ tableName, functionArn }: EventSourceMappingModel, records: StreamRecord[]): string {
  const [first, last] = [sequenceNumberOf(records[0]!), sequenceNumberOf(records.at(-1)!)];
  const numbers = first === last ? first : `${first} to ${last}`;
  return `${counted(records.length, 'record')} of table ${tableName} (${numbers}) for Lambda function ${functionArn.split(':').pop()}:`;
}
