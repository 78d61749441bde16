import type { ChangedItemInput, ItemChangeInput } from '../../schema/generated/schema.ts';

/** Without its payload, which is JSON text already, and without members that are null. */
function withoutPayload(item: ChangedItemInput | null | undefined): object | undefined {
  if (!item) {
    return undefined;
  }
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    if (value !== null && name !== 'payload') {
      members[name] = value;
    }
  }
  return members;
}

/** @param json undefined without an item, null without its payload */
const member = (name: string, json: unknown): string =>
  typeof json === 'string' ? `,"${name}":${json}` : '';

/** A change in the form of the log: JSON on one line. Payloads stand beside their items as they are, with every digit of a number. */
export function loggedJson({ item, previous, ...change }: ItemChangeInput): string {
  const text = JSON.stringify({
    ...change,
    item: withoutPayload(item),
    previous: withoutPayload(previous),
  });
  return `${text.slice(0, -1)}${member('payload', item?.payload)}${member('previousPayload', previous?.payload)}}`;
}
