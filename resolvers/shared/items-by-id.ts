import type { ReadableItem } from '../../model/permissions.ts';

/** `ctx.stash` of a pipeline that reads items by their ids. */
export type ItemsStash = {
  /** Ids that are still to be read, each once. */
  unread: string[];
  /** What was read and the caller may read, by `id …`; the prefix keeps ids such as `__proto__` from meaning something to JavaScript. */
  readable: Record<string, ReadableItem>;
  /** What was read is more than one answer holds, so that the rest need not be read. */
  tooLarge: boolean;
};
