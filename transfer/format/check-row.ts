import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { deleteActions, isClaimKey, MAX_REFERENCE_BYTES } from '../../model/constraints.ts';
import { expiryProblem } from '../../model/expiry.ts';
import { keyRefusal } from '../../model/input.ts';
import { type ItemMember, itemMembers, MEMBERS, type MemberType, STORED_AS } from '../../model/item.ts';
import { MAX_ACTIONS, MAX_INT, MAX_ITEM_BYTES, MAX_KEY_BYTES } from '../../model/limits.ts';
import { measured, utf8Bytes } from '../../model/plain/measure.ts';
import { isDateTime } from '../../schema/date-time.ts';
import { leastItemBytes } from './attribute-value.ts';
import { canonicalNumber } from './decimal.ts';
import { claimsIn, referencesIn, type Row } from './row.ts';
import { shown, Unfit } from './unfit.ts';

/** The members in whose attributes a value has one type, and that type. */
const TYPED = Object.entries(MEMBERS).flatMap(([name, { type }]) => {
  const stored = STORED_AS[type];
  return stored === null ? [] : [[name, stored] as const];
});
const IN_API = itemMembers();
/** Bytes of an element, by the attribute. */
const KEY_LISTS = Object.entries({ claims: MAX_KEY_BYTES, references: MAX_REFERENCE_BYTES });

/**
 * Checks that the items table can store the row, and that the API can answer it.
 *
 * @param places How a message names an attribute, which is at different places in JSON Lines and DynamoDB JSON.
 * @returns its id
 * @throws Unfit
 */
export function checkRow(row: Row, place: (name: string) => string): string {
  for (const [name, type] of TYPED) {
    const value = row[name];
    if (value && value[type] === undefined) {
      throw new Unfit(`${place(name)}: is of type ${Object.keys(value).join()}, expected ${type}`);
    }
  }
  const id = row['id']?.S ?? '';
  checkKey(id, 'id', place('id'));
  for (const name of ['owner', 'kind'] as const) {
    const key = row[name]?.S;
    if (key === '') {
      throw new Unfit(`${place(name)}: is empty, and a key of an index may not be: leave it out`);
    }
    if (key !== undefined) {
      checkKey(key, name, place(name));
    }
  }
  checkAnswer(row, place);
  checkConstraints(row, place);
  const size = leastItemBytes(row);
  if (size > MAX_ITEM_BYTES) {
    throw new Unfit(`the item has ${size} bytes, DynamoDB's limit is ${MAX_ITEM_BYTES} (400 KB)`);
  }
  return id;
}

/** @throws Unfit for a text that cannot be the key of a table or an index */
function checkKey(key: string, name: 'id' | 'owner' | 'kind', where: string): void {
  const refusal = keyRefusal(measured(key), name, name);
  if (refusal) {
    throw new Unfit(`${where}: ${refusal.message}`);
  }
}

/** A single row that the API cannot answer makes its whole list fail (aws-amplify/amplify-js#5963). */
function checkAnswer(row: Row, place: (name: string) => string): void {
  for (const name of IN_API) {
    const value = row[name];
    if (value) {
      checkMember(name, value, place(name));
    }
  }
}

/** @param value of the attribute's type that the member has */
function checkMember(name: ItemMember, value: AttributeValue, where: string): void {
  const { type } = MEMBERS[name];
  switch (type as MemberType) {
    case 'time':
      return checkTime(value.S!, where);
    case 'int':
      return checkInt(value.N!, name === 'version' ? 1 : -MAX_INT - 1, where);
    case 'seconds':
      return checkExpiry(value.N!, where);
    case 'texts':
      return checkTexts(value.L!, where);
    case 'text':
    case 'flag':
    case 'json':
      return undefined;
  }
}

function checkTime(time: string, where: string): void {
  if (!isDateTime(time)) {
    throw new Unfit(`${where}: ${shown(time)} is not a time such as "2026-11-24T08:30:00.000Z"`);
  }
}

function checkTexts(elements: AttributeValue[], where: string): void {
  const wrong = elements.find(({ S }) => S === undefined);
  if (wrong) {
    throw new Unfit(`${where}: ${shown(wrong)} is not a text`);
  }
}

/** Null for a number that is not whole. */
function wholeOf(number: string, where: string): number | null {
  const text = canonicalNumber(number, where);
  return /^-?\d+$/.test(text) ? Number(text) : null;
}

function checkInt(number: string, least: number, where: string): void {
  const whole = wholeOf(number, where);
  if (whole === null || whole < least || whole > MAX_INT) {
    throw new Unfit(`${where}: ${number} is not a whole number from ${least} to ${MAX_INT}`);
  }
}

function checkExpiry(number: string, where: string): void {
  const expiresAt = wholeOf(number, where);
  if (expiresAt === null) {
    throw new Unfit(`${where}: ${number} is not a whole number of seconds`);
  }
  const problem = expiryProblem(expiresAt);
  if (problem !== null) {
    throw new Unfit(`${where}: ${problem}`);
  }
}

function checkConstraints(row: Row, place: (name: string) => string): void {
  if (!row['claims'] && !row['references']) {
    return;
  }
  for (const [name, limit] of KEY_LISTS) {
    const elements = row[name]?.L ?? [];
    const wrong = elements.find(({ S }) => S === undefined || S.trim() === '' || utf8Bytes(S) > limit);
    if (wrong) {
      throw new Unfit(`${place(name)}: ${shown(wrong)} is not a key of at most ${limit} bytes`);
    }
    if (new Set(elements.map(({ S }) => S)).size < elements.length) {
      throw new Unfit(`${place(name)}: names the same key twice`);
    }
  }
  const odd = claimsIn(row).find((claim) => !isClaimKey(claim));
  if (odd !== undefined) {
    throw new Unfit(`${place('claims')}: ${shown(odd)} is not a claim; they start with unique#`);
  }
  const actions = deleteActions(claimsIn(row).length, referencesIn(row).length);
  if (actions > MAX_ACTIONS) {
    throw new Unfit(
      `claims and references together take ${actions} actions of a transaction, the limit is ${MAX_ACTIONS}`,
    );
  }
}
