import type { AttributeValue } from 'aws-lambda';
import { type ItemMember, itemMembers, MEMBERS, type MemberType } from '../../model/item.ts';
import { MAX_INT } from '../../model/limits.ts';
import { isDateTime } from '../../schema/date-time.ts';
import type { ChangedItem } from './change.ts';

export type Image = Readonly<Record<string, AttributeValue>>;

/** What an image of the stream says of an item. */
export interface Reading {
  id: string;
  kind: string | null;
  owner: string | null;
  /** 0 where the image has none that the API could answer. */
  version: number;
  /** Null for what the API could not answer as an item: a script or an SDK wrote it. */
  item: ChangedItem | null;
  /** Why the item is not there or lacks something, in words that hold no value of it; null when it is told in full. */
  gap: string | null;
}

/** Why an image tells nothing: it does not say whose or which item it is. */
export class NoItem extends Error {
  override readonly name = 'NoItem';
}

/** The type's name of an attribute, `nothing` for one that is not there. */
const typeOf = (value: AttributeValue | undefined): string => (value ? Object.keys(value)[0]! : 'nothing');

/** An attribute as it was read, or what keeps it from being read. */
type Read<T> = { value: T; gap?: undefined } | { value?: undefined; gap: string };

const unread = (image: Image, name: string, expected: string): { gap: string } => ({
  gap: `attribute ${name} must be ${expected}; it is ${typeOf(image[name])}`,
});

/** Null for an attribute that is not there; a script may have written NULL. */
const isAbsent = (value: AttributeValue | undefined): boolean => value === undefined || value.NULL === true;

const isTexts = (value: AttributeValue | undefined): boolean =>
  value?.L?.every(({ S }) => S !== undefined) ?? false;

/** How a member of each type is read. */
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

/** Of a fraction the second in which it lies. */
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

/**
 * Reads an image as far as it can be read. What has no version and no times is not told as an item, for the API could not answer it
 * either; an expiry that is far beyond all clocks is left out.
 *
 * @throws NoItem without an id, and where an owner cannot be read: who may hear of it is not known
 */
export function readImage(image: Image): Reading {
  const id = must(optionalText(image, 'id'));
  if (id === null) {
    throw new NoItem('attribute id is missing');
  }
  const owner = must(optionalText(image, 'owner'));
  const read = itemMembers().map((name) => ({ name, ...readMember(image, name) }));
  const item = Object.fromEntries(read.map(({ name, value }) => [name, value ?? null])) as ChangedItem;
  const subject = { id, owner, kind: item.kind, version: item.version ?? 0 };
  const gaps = read.filter(({ gap }) => gap !== undefined);
  const missing = gaps.find(({ name }) => MEMBERS[name].type !== 'seconds');
  return missing
    ? { ...subject, item: null, gap: missing.gap! }
    : { ...subject, item, gap: gaps[0]?.gap ?? null };
}
