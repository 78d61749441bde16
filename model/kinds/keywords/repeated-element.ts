import { canonicalJson } from '../../plain/canonical-json.ts';

/** Where an element is that equals an earlier one. */
export interface Repeat {
  i: number;
  /** Of the earlier one. */
  j: number;
}

/** The keyword `uniqueItems`, in one pass: the first element that repeats another one, or null. */
export function repeatedElement(list: readonly unknown[]): Repeat | null {
  const places = new Map<string, number>();
  for (const [i, element] of list.entries()) {
    const key = canonicalJson(element);
    const j = places.get(key);
    if (j !== undefined) {
      return { i, j };
    }
    places.set(key, i);
  }
  return null;
}
