import type { StreamRecord } from '../../../../src/streams/stream-record.ts';
import type { EventSourceMappingModel } from '../../../../src/template/app-model.ts';

/** A record of item `key`, made now unless told otherwise. */
export const record = (
  sequenceNumber: number,
  { key = 'k', createdAt = Math.floor(Date.now() / 1000), bytes = 0 } = {},
): StreamRecord => ({
  eventID: String(sequenceNumber),
  eventName: 'INSERT',
  dynamodb: {
    Keys: { id: { S: key } },
    NewImage: { id: { S: key }, text: { S: 'x'.repeat(bytes) } },
    SequenceNumber: String(sequenceNumber),
    SizeBytes: bytes,
    ApproximateCreationDateTime: createdAt,
  },
});

export const records = (from: number, to: number, more: object = {}): StreamRecord[] =>
  Array.from({ length: to - from + 1 }, (_, n) => record(from + n, more));

export const numbersOf = (some: StreamRecord[]): number[] =>
  some.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));

export const mappingModel = (more: Partial<EventSourceMappingModel> = {}): EventSourceMappingModel => ({
  logicalId: 'Mapping',
  stackName: 'Stack',
  tableName: 'Orders',
  streamArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/Orders/stream/2024-01-01T00:00:00.000',
  functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:Count',
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  batchingWindowSeconds: 0,
  bisectBatchOnFunctionError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  parallelizationFactor: 1,
  reportBatchItemFailures: false,
  filters: [],
  ...more,
});
