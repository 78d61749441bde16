import type { AttributeValue, Item } from '../../../../data/data-view.ts';
import { plainValue, sameJson } from './typed-json.ts';

/** One difference between two items. */
export interface Difference {
  /** `tags[2]`, `payload.size`. */
  path: string;
  /** As JSON; undefined where there was nothing. */
  before?: string;
  /** As JSON; undefined where there is nothing any more. */
  after?: string;
}

/** What differs between an item as it was and as it shall be, member by member; null means no item. */
export function differencesOf(before: Item | null, after: Item | null): Difference[] {
  return ofMembers('', before ?? {}, after ?? {});
}

function ofMembers(path: string, before: Item, after: Item): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => ofValues(path === '' ? name : `${path}.${name}`, before[name], after[name]));
}

function ofValues(path: string, before?: AttributeValue, after?: AttributeValue): Difference[] {
  if (before && after && sameJson(before, after)) {
    return [];
  }
  if (before?.M && after?.M) {
    return ofMembers(path, before.M as Item, after.M as Item);
  }
  if (before?.L && after?.L) {
    const [one, other] = [before.L as AttributeValue[], after.L as AttributeValue[]];
    return Array.from({ length: Math.max(one.length, other.length) }).flatMap((_, index) =>
      ofValues(`${path}[${index}]`, one[index], other[index]),
    );
  }
  // "1" and 1, a list and a set: where the words would be the same, the types tell the difference.
  const typed = before && after && sameJson(plainValue(before), plainValue(after));
  const text = (value?: AttributeValue) => value && JSON.stringify(typed ? value : plainValue(value));
  return [{ path, before: text(before), after: text(after) }];
}
