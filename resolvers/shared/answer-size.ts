import { utf8Bytes } from './text.ts';

/** What a resolver may answer, in bytes of JSON (AWS General Reference, AppSync quotas: 5 MB, in the smaller megabytes). */
const ANSWER_BYTES = 5_000_000;
/** A character of JSON takes at most three bytes of UTF-8, so an answer of so many needs no counting. */
const SURELY_FITTING = 1_600_000;

/** Characters of JSON that a page of items may have; so many fit an answer whatever they are. */
export const PAGE_CHARACTERS = SURELY_FITTING;

/** How many of the values, from the first on, one answer can hold: nearly always all. */
export function countFitting(values: unknown[]): number {
  const text = JSON.stringify(values);
  if (text.length <= SURELY_FITTING || utf8Bytes(text) <= ANSWER_BYTES) {
    return values.length;
  }
  let bytes = 0;
  return values.filter((value) => {
    bytes += bytes > ANSWER_BYTES ? 0 : utf8Bytes(JSON.stringify(value)) + 1;
    return bytes <= ANSWER_BYTES;
  }).length;
}
