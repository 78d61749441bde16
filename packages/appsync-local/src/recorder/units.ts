import { isRecord } from '../ground/record.ts';
import type { CallTrace } from '../trace/call-trace.ts';
import type { Units } from './recorded-request.ts';

/** One entry of `ConsumedCapacity`. */
interface Consumed {
  CapacityUnits?: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);

/**
 * What a call consumed, as DynamoDB reports it. A write with a failed condition has no report, and consumes as much as the item has:
 * at least one unit (DynamoDB developer guide, "Condition expressions").
 *
 * @param answer of DynamoDB; null after an error
 */
export function unitsOf({ operation, error }: CallTrace, answer: unknown): Units {
  const isRead = READS.has(operation);
  if (error?.name === 'ConditionalCheckFailedException') {
    return { read: 0, write: 1 };
  }
  const consumed = isRecord(answer) ? answer['ConsumedCapacity'] : undefined;
  const entries = [consumed ?? []].flat() as Consumed[];
  const sum = (units: (entry: Consumed) => number): number =>
    entries.reduce((total, entry) => total + units(entry), 0);
  return {
    read: sum((entry) => entry.ReadCapacityUnits ?? (isRead ? (entry.CapacityUnits ?? 0) : 0)),
    write: sum((entry) => entry.WriteCapacityUnits ?? (isRead ? 0 : (entry.CapacityUnits ?? 0))),
  };
}
