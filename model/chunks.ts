/*
 * AppSync ends a loop at its 1,000th round without a word (packages/appsync-local/docs/facts/runtime.md#loop-limit), but counts each inner
 * loop for itself.
 */

/** Rounds of one loop. */
export const CHUNK = 1000;
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** 0 … count - 1; makes few others, for every put counts the levels of its payload. @param count at most 1,000 */
export function countTo(count: number): number[] {
  const tens = count <= 100 ? TEN : TEN.flatMap((hundreds) => TEN.map((ten) => hundreds * 10 + ten));
  return tens
    .slice(0, Math.ceil(count / 10))
    .flatMap((ten) => TEN.map((unit) => ten * 10 + unit))
    .filter((number) => number < count);
}

/** The elements in their order, in at most 1,000 lists of at most 1,000: what two loops reach. @param list at most a million long */
export function chunksOf<Element>(list: Element[]): Element[][] {
  return list.length <= CHUNK
    ? [list]
    : countTo(Math.ceil(list.length / CHUNK)).map((chunk) => list.slice(chunk * CHUNK, (chunk + 1) * CHUNK));
}
