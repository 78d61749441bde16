import type { DynamoDbClient } from './dynamodb-client.ts';
import type { Key } from './expired-items.ts';

/** Records the expired items that were removed one by one, so that their stream records can say so. */
export interface Removals {
  /** Called before the removal, since its record may be read before its response. */
  add(key: Key): void;
  /**
   * Returns a client whose GetRecords names DynamoDB as the one who removed these items, as AWS does (developer guide,
   * "DynamoDB Streams and Time to Live"): the engine does so only for items that its own sweep removes.
   */
  naming(client: DynamoDbClient): DynamoDbClient;
}

interface StreamRecord {
  eventName: string;
  userIdentity?: object;
  dynamodb: { Keys: Key; ApproximateCreationDateTime: number };
}

/** The oldest goes first. Readers are seconds behind. */
const KEPT = 100_000;
/** Between the removal by our clock and the record's time in whole seconds; a delete by somebody else comes later. */
const WITHIN_SECONDS = 5;
const SERVICE = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** @param now epoch milliseconds */
export function createRemovals(now: () => number = Date.now): Removals {
  const removed = new Map<string, number>();

  const isOurs = ({ eventName, userIdentity, dynamodb }: StreamRecord): boolean => {
    if (eventName !== 'REMOVE' || userIdentity) {
      return false;
    }
    const at = removed.get(textOf(dynamodb.Keys));
    return at !== undefined && Math.abs(dynamodb.ApproximateCreationDateTime - at) <= WITHIN_SECONDS;
  };

  const named = <T>(answer: { Records: StreamRecord[] }): T => {
    // Checked after the response: a removal may begin while the records are read.
    if (removed.size > 0) {
      for (const record of answer.Records) {
        if (isOurs(record)) {
          record.userIdentity = SERVICE;
        }
      }
    }
    return answer as T;
  };

  return {
    add(key) {
      const text = textOf(key);
      removed.delete(text);
      removed.set(text, now() / 1000);
      if (removed.size > KEPT) {
        removed.delete(removed.keys().next().value!);
      }
    },
    naming: (client) => ({
      ...client,
      call: <T>(operation: string, input: object, read?: (text: string) => T): Promise<T> =>
        operation === 'GetRecords'
          ? client.call<{ Records: StreamRecord[] }>(operation, input).then(named<T>)
          : client.call<T>(operation, input, read),
    }),
  };
}

const textOf = (key: Key): string => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
