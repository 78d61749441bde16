import { counterLog, LOG_NUMBERS, openLog, ownedLog, ownerLog } from '../../model/change-log.ts';

/** DynamoDB, "Quotas": length of a partition key value, in bytes of UTF-8. */
const MAX_KEY_BYTES = 2048;

/** FNV-1a, 32 bits (draft-eastlake-fnv): spreads ids evenly, the same in every environment. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return value >>> 0;
}

/**
 * The logs that take a change. An owner whose name makes too long a key, of the log or of its counter, is no Cognito user (a `sub` is a
 * UUID), so nobody could read that log.
 */
export function logsOf({ id, owner }: { id: string; owner: string }): string[] {
  const number = LOG_NUMBERS[hash(id) % LOG_NUMBERS.length]!;
  if (owner === '') {
    return [openLog(number)];
  }
  const own = ownerLog(owner);
  return Buffer.byteLength(counterLog(own)) <= MAX_KEY_BYTES ? [ownedLog(number), own] : [ownedLog(number)];
}
