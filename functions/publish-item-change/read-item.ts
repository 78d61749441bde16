import type { AttributeValue } from 'aws-lambda';
import { type ItemMember, itemMembers, MEMBERS, type MemberType } from '../../model/item.ts';
import { MAX_INT } from '../../model/limits.ts';
import { isDateTime } from '../../schema/date-time.ts';
import type { ChangedItem } from './change.ts';

export type Image = Readonly<Record<string, AttributeValue>>;

/** The contents of an image of the stream. */
export interface Reading {
  id: string;
  kind: string | null; // part: validated-items
  owner: string | null;
  /** 0 if the image has no version that the API could answer. */
  version: number;
  /** Null for a row that the API could not answer as an item: a script or an SDK wrote it. */
  item: ChangedItem | null;
  /** Why the item is missing or incomplete, in words without its values; null when it is complete. */
  gap: string | null;
}

/** An image without a valid id or owner. */
export class NoItem extends Error {
  override readonly name = 'NoItem';
}

/** The name of an attribute's type; `nothing` for a missing one. */
const typeOf = (value: AttributeValue | undefined): string => (value ? Object.keys(value)[0]! : 'nothing');

/** The value of an attribute, or the reason why it cannot be read. */
type Read<T> = { value: T; gap?: undefined } | { value?: undefined; gap: string };

const unread = (image: Image, name: string, expected: string): { gap: string } => ({
  gap: `attribute ${name} must be ${expected}; it is ${typeOf(image[name])}`,
});

/** True for a missing attribute; a script may have written NULL. */
const isAbsent = (value: AttributeValue | undefined): boolean => value === undefined || value.NULL === true;

const isTexts = (value: AttributeValue | undefined): boolean =>
  value?.L?.every(({ S }) => S !== undefined) ?? false;

/** The readers of each type. */
const READERS: Record<MemberType, (image: Image, name: string) => Read<unknown>> = {
  text: optionalText,
  int: version,
  time,
  seconds: expiry,
  json: (image, name) => ({ value: image[name] ?? { NULL: true } }),
  texts: (image, name) =>
    isTexts(image[name])
      ? { value: image[name]!.L!.map(({ S }) => S) }
      : unread(image, name, 'a list of texts (L)'),
  flag: (image, name) =>
    image[name]?.BOOL === undefined
      ? unread(image, name, 'true or false (BOOL)')
      : { value: image[name].BOOL },
};

function readMember(image: Image, name: ItemMember): Read<unknown> {
  const { always, type } = MEMBERS[name];
  return !always && isAbsent(image[name]) ? { value: null } : READERS[type](image, name);
}

function optionalText(image: Image, name: string): Read<string | null> {
  const value = image[name];
  if (isAbsent(value)) {
    return { value: null };
  }
  return value?.S === undefined ? unread(image, name, 'a text (S)') : { value: value.S };
}

function time(image: Image, name: string): Read<string> {
  const text = image[name]?.S;
  return text !== undefined && isDateTime(text) ? { value: text } : unread(image, name, 'a time as text (S)');
}

function version(image: Image, name: string): Read<number> {
  const value = Number(image[name]?.N);
  return Number.isInteger(value) && Math.abs(value) <= MAX_INT
    ? { value }
    : unread(image, name, `a whole number (N) of at most ${MAX_INT}`);
}

/** Reduces a fraction to its second. */
function expiry(image: Image, name: string): Read<number> {
  const value = Math.floor(Number(image[name]?.N));
  return Number.isSafeInteger(value) ? { value } : unread(image, name, 'a number (N) within 2^53');
}

function must<T>({ value, gap }: Read<T>): T {
  if (gap !== undefined) {
    throw new NoItem(gap);
  }
  return value as T;
}

const NAMES = itemMembers();

/**
 * Reads an image as far as possible. Without a version and times there is no item, because the API could not answer it either;
 * an expiry far beyond all calendars is left out.
 *
 * @throws NoItem without an id, or if the owner cannot be read: it is then unknown who may receive the change
 */
export function readImage(image: Image): Reading {
  const id = must(optionalText(image, 'id'));
  if (id === null) {
    throw new NoItem('attribute id is missing');
  }
  const owner = must(optionalText(image, 'owner'));
  const item: Record<string, unknown> = {};
  let missing: string | null = null;
  let first: string | null = null;
  for (const name of NAMES) {
    const { value, gap } = readMember(image, name);
    item[name] = value ?? null;
    if (gap !== undefined) {
      first ??= gap;
      missing ??= MEMBERS[name].type === 'seconds' ? null : gap;
    }
  }
  const known = item as ChangedItem;
  const subject = {
    id,
    owner,
    kind: known.kind, // part: validated-items
    version: known.version ?? 0,
  };
  return missing === null
    ? { ...subject, item: known, gap: first }
    : { ...subject, item: null, gap: missing };
}
