import type { Containers } from '../../runtime/runtime.types.ts';
import { readTyped } from './typed-json.ts';
import { itemFromWire, mapFromWire, type WireMap } from './typed-values.ts';

export type PlainItem = Record<string, unknown>;

/** A page of a Query or Scan, but for what nobody asks for. */
export interface PlainPage {
  Items: PlainItem[];
  ScannedCount: number;
  LastEvaluatedKey?: WireMap;
}

/**
 * Reads the item out of an answer as plain values, null where there is none. `JSON.parse` makes an object of each typed
 * value, of which plain ones are made then: that takes half as long again (measured 2026-11-29). JSON with blanks goes that
 * way, and so do maps of many members.
 *
 * @param containers that the item is made of
 * @throws SyntaxError for what is not JSON
 */
export function readItem(
  text: string,
  member: 'Item' | 'Attributes',
  containers: Containers,
): PlainItem | null {
  const head = `{"${member}":`;
  const read = text.startsWith(head) ? readTyped(text, head.length, containers, (json) => json.map()) : null;
  if (read && text.slice(read.end) === '}') {
    return read.value;
  }
  const parsed = JSON.parse(text) as { [member: string]: WireMap | undefined };
  return itemFromWire(parsed[member], containers);
}

/** The same for a page. Nothing else in it can look like the beginning of its items: quotes within strings are escaped. */
export function readItems(text: string, containers: Containers): PlainPage {
  const found = text.indexOf('"Items":[');
  const start = found + '"Items":'.length;
  const read = found < 0 ? null : readTyped(text, start, containers, (json) => json.list(() => json.map()));
  if (read) {
    const rest = JSON.parse(`${text.slice(0, start)}[]${text.slice(read.end)}`) as PlainPage;
    return { ...rest, Items: read.value as PlainItem[] };
  }
  const { Items = [], ...rest } = JSON.parse(text) as Omit<PlainPage, 'Items'> & { Items?: WireMap[] };
  const items = containers.list() as PlainItem[];
  for (const item of Items) {
    items.push(mapFromWire(item, containers));
  }
  return { ...rest, Items: items };
}
