import type { Caller } from './caller.ts';
import { isPast } from './expiry.ts';
import { isGiven } from './given.ts';
import { MAX_KEY_BYTES } from './limits.ts';
import { whose } from './permissions.ts';

/*
 * What the publisher that writes the log of changes and the resolver that reads it have in common (docs/change-feed.md).
 */

/**
 * Changes of items that belong to nobody are spread over these logs by a hash of the id, those of owned items over as many
 * more. One log takes what one partition does; to take more, add numbers: readers find new logs by themselves.
 */
export const LOG_NUMBERS = [0, 1, 2, 3];

/** How long a change is kept. */
export const KEPT_DAYS = 7;
export const KEPT_MS = KEPT_DAYS * 24 * 3600 * 1000;

/**
 * A row outlives the 7 days by an hour: for so long a cursor that is as old as that when it is given still leads on, and no row is missing
 * when its successor names it.
 */
export const GRACE_MS = 3600 * 1000;

/** Positions in a log are milliseconds since 1970 times this, so that each millisecond has room for as many changes. */
export const POSITIONS_PER_MS = 1000;

/** Positions are texts that compare as their numbers do, so all have 16 digits: enough until the year 2286. */
const NO_DIGITS = '0000000000000000';

/** @param digits of a whole number from 0 on */
export function positionOf(digits: string): string {
  return NO_DIGITS.slice(digits.length) + digits;
}

/** Changes of items that belong to nobody. */
export function openLog(number: number): string {
  return `open#${number}`;
}

/** Changes of owned items, whoever owns them: what admins and IAM callers read. */
export function ownedLog(number: number): string {
  return `owned#${number}`;
}

/** The changes of one owner's items once more, for that owner. */
export function ownerLog(owner: string): string {
  return `owner#${owner}`;
}

/** Where the last position of a log is kept. */
export function counterLog(log: string): string {
  return `counter#${log}`;
}

/** The logs that hold what a caller may list: ownership is a matter of keys, so no filter can fail to hold something back. */
export function logsFor(caller: Caller): string[] {
  const { everybodys, nobodys, owner } = whose(caller, 'list');
  const open = LOG_NUMBERS.map((number) => openLog(number));
  if (everybodys) {
    return [...open, ...LOG_NUMBERS.map((number) => ownedLog(number))];
  }
  return [...(nobodys ? open : []), ...(isGiven(owner) ? [ownerLog(owner)] : [])];
}

/**
 * The logs that take a change. An owner whose name makes too long a key, of the log or of its counter, is no Cognito user (a `sub` is a
 * UUID), so nobody could read that log.
 *
 * @param hash of the item's id, a whole number from 0 on, the same in every environment
 * @param owner empty where the item belongs to nobody
 * @param ownerBytes of the owner in UTF-8
 */
export function logsOf(hash: number, owner: string, ownerBytes: number): string[] {
  const number = LOG_NUMBERS[hash % LOG_NUMBERS.length] as number;
  if (owner === '') {
    return [openLog(number)];
  }
  const fits = counterLog(ownerLog('')).length + ownerBytes <= MAX_KEY_BYTES;
  return fits ? [ownedLog(number), ownerLog(owner)] : [ownedLog(number)];
}

/** Members of a change that stand in its row as they are; its items and their payloads stand beside them. */
export type ChangeMember =
  | 'type'
  | 'id'
  | 'kind' // part: validated-items
  | 'version'
  | 'at'
  | 'owner'
  | 'order'
  | 'payloadOmitted';

export const CHANGE_MEMBERS: ChangeMember[] = [
  'type',
  'id',
  'kind', // part: validated-items
  'version',
  'at',
  'owner',
  'order',
  'payloadOmitted',
];

type Expiring = { expiresAt?: number | null } | null | undefined;

/** After an item's expiry its payload is nowhere to be read. @param now epoch seconds */
export function hasExpired(item: Expiring, previous: Expiring, now: number): boolean {
  return isPast(item?.expiresAt, now) || isPast(previous?.expiresAt, now);
}
