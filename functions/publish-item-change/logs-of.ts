import { logsOf as logsOfHash } from '../../model/change-log.ts';
import { utf8Bytes } from '../../model/plain/measure.ts';

/** FNV-1a, 32 bits (draft-eastlake-fnv): spreads ids evenly, the same in every environment. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return value >>> 0;
}

/** The logs that receive a change. */
export const logsOf = ({ id, owner }: { id: string; owner: string }): string[] =>
  logsOfHash(hash(id), owner, utf8Bytes(owner));
