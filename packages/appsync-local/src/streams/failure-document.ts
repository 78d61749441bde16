import { randomUUID } from 'node:crypto';
import { arrivalOf, sequenceNumberOf, type StreamRecord } from './stream-record.ts';

/** The reason why records were dropped. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface DroppedRecords {
  records: StreamRecord[];
  condition: Condition;
  functionArn: string;
  streamArn: string;
  shardId: string;
  /** Invocations with these records. */
  invocations: number;
  /** True when the function itself failed, false when it reported records as failed. */
  functionFailed: boolean;
}

/** The message that Lambda sends to an on-failure destination of a DynamoDB stream (Lambda developer guide, "Retaining discarded records for a DynamoDB data source"). */
export function failureDocument(dropped: DroppedRecords, now: Date): Record<string, unknown> {
  const { records, condition, functionArn, streamArn, shardId, invocations, functionFailed } = dropped;
  const [first, last] = [records[0]!, records.at(-1)!];
  return {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    ...(invocations > 0 && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(functionFailed && { functionError: 'Unhandled' }),
      },
    }),
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceNumberOf(first),
      endSequenceNumber: sequenceNumberOf(last),
      approximateArrivalOfFirstRecord: toTheSecond(arrivalOf(first)),
      approximateArrivalOfLastRecord: toTheSecond(arrivalOf(last)),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** `2019-11-14T00:13:19Z` */
const toTheSecond = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
