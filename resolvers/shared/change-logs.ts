import { LOG_NUMBERS, openLog, ownedLog, ownerLog } from '../../schema/change-log.ts';
import type { Caller } from './caller.ts';

/** The logs that hold what a caller may read: ownership is a matter of keys, so no filter can fail to hold something back. */
export function logsOf({ unrestricted, owner }: Caller): string[] {
  if (owner) {
    return [ownerLog(owner)];
  }
  const open = LOG_NUMBERS.map((number) => openLog(number));
  return unrestricted ? [...open, ...LOG_NUMBERS.map((number) => ownedLog(number))] : open;
}
