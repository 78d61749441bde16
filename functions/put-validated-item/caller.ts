import type { Caller } from '../../model/caller.ts';
import { may } from '../../model/permissions.ts';
import type { StoredItem } from './item.ts';

/** On whose behalf an item is written; the resolver derives it from the identity. */
export type { Caller };

export const mayWrite = (caller: Caller, item: StoredItem): boolean => may(caller, 'write', item);
