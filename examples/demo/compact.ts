/** `members` of an object as compact JSON, in this order; an ellipsis stands for the members left out. */
export function compact(value: object, members: readonly string[]): string {
  const all = Object.entries(value);
  const chosen = members.flatMap((name) => all.filter(([member]) => member === name));
  const json = JSON.stringify(Object.fromEntries(chosen));
  return chosen.length === all.length ? json : json.replace(/}$/, chosen.length > 0 ? ',…}' : '…}');
}

/** An item in one line: its members that have a value, and of a payload that is an object those in `payloadMembers`. */
export function compactItem(
  item: { id: string; version: number; payload: string | null; kind?: string | null },
  payloadMembers?: readonly string[],
): string {
  const { id, kind, version } = item;
  const payload = JSON.parse(item.payload ?? 'null') as unknown;
  const shown =
    payloadMembers && typeof payload === 'object' && payload !== null
      ? compact(payload, payloadMembers)
      : JSON.stringify(payload);
  const head = JSON.stringify(kind ? { id, kind, version } : { id, version });
  return `${head.slice(0, -1)},"payload":${shown},…}`;
}

/** Text that fits: whole, or its beginning and an ellipsis. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
