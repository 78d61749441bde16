import { counted } from '../../../../ground/counted.ts';

/** The members of Lambda's message about records of a stream that say what happened. */
interface Letter {
  timestamp?: string;
  requestContext?: { condition?: string; approximateInvokeCount?: number };
  DDBStreamBatchInfo?: { batchSize?: number; startSequenceNumber?: string; endSequenceNumber?: string };
}

/** A message on one line: when, why, and which records. A line of a file may be anything. */
export function factsOf(message: unknown): string {
  const {
    timestamp,
    requestContext,
    DDBStreamBatchInfo: batch,
  } = (typeof message === 'object' && message !== null ? message : {}) as Letter;
  if (timestamp === undefined || !batch) {
    return JSON.stringify(message);
  }
  const { condition = 'dropped', approximateInvokeCount = 0 } = requestContext ?? {};
  const { batchSize = 0, startSequenceNumber: from, endSequenceNumber: to } = batch;
  const records = `${counted(batchSize, 'record')} (${from === to ? from : `${from} to ${to}`})`;
  return `${timestamp}: ${condition} after ${counted(approximateInvokeCount, 'invocation')}, ${records}`;
}
