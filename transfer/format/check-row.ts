import { deleteActions, isClaimKey, MAX_REFERENCE_BYTES } from '../../model/constraints.ts';
import { expiryProblem } from '../../model/expiry.ts';
import { keyRefusal } from '../../model/input.ts';
import { MEMBERS, STORED_AS } from '../../model/item.ts';
import { measured, utf8Bytes } from '../../model/kinds/text.ts';
import { MAX_ACTIONS, MAX_INT, MAX_ITEM_BYTES, MAX_KEY_BYTES } from '../../model/limits.ts';
import { isDateTime } from '../../schema/date-time.ts';
import { leastItemBytes } from './attribute-value.ts';
import { canonicalNumber } from './decimal.ts';
import { claimsIn, referencesIn, type Row } from './row.ts';
import { shown, Unfit } from './unfit.ts';

/**
 * Checks that the items table can store the row, and that the API can answer it.
 *
 * @param places How a message names an attribute, which is at different places in JSON Lines and DynamoDB JSON.
 * @returns its id
 * @throws Unfit
 */
export function checkRow(row: Row, place: (name: string) => string): string {
  for (const [name, member] of Object.entries(MEMBERS)) {
    const value = row[name];
    const type = STORED_AS[member.type];
    if (value && type !== null && value[type] === undefined) {
      throw new Unfit(`${place(name)}: is of type ${Object.keys(value).join()}, expected ${type}`);
    }
  }
  const id = row['id']?.S ?? '';
  checkKey(id, 'id', place('id'));
  for (const name of ['owner', 'kind']) {
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
function checkKey(key: string, name: string, where: string): void {
  const refusal = keyRefusal(measured(key), name, name);
  if (refusal) {
    throw new Unfit(`${where}: ${refusal.message}`);
  }
}

/** A single row that the API cannot answer makes its whole list fail (aws-amplify/amplify-js#5963). */
function checkAnswer(row: Row, place: (name: string) => string): void {
  for (const name of ['createdAt', 'updatedAt']) {
    const time = row[name]?.S;
    if (time !== undefined && !isDateTime(time)) {
      throw new Unfit(`${place(name)}: ${shown(time)} is no time such as "2026-11-24T08:30:00.000Z"`);
    }
  }
  if (row['version']?.N !== undefined) {
    checkVersion(row['version'].N, place('version'));
  }
  if (row['expiresAt']?.N !== undefined) {
    checkExpiry(row['expiresAt'].N, place('expiresAt'));
  }
}

/** Null for a number that is not whole. */
function wholeOf(number: string, where: string): number | null {
  const text = canonicalNumber(number, where);
  return /^-?\d+$/.test(text) ? Number(text) : null;
}

function checkVersion(number: string, where: string): void {
  const version = wholeOf(number, where);
  if (version === null || version < 1 || version > MAX_INT) {
    throw new Unfit(`${where}: ${number} is no whole number from 1 to ${MAX_INT}`);
  }
}

function checkExpiry(number: string, where: string): void {
  const expiresAt = wholeOf(number, where);
  if (expiresAt === null) {
    throw new Unfit(`${where}: ${number} is no whole number of seconds`);
  }
  const problem = expiryProblem(expiresAt);
  if (problem !== null) {
    throw new Unfit(`${where}: ${problem}`);
  }
}

function checkConstraints(row: Row, place: (name: string) => string): void {
  for (const [name, limit] of Object.entries({ claims: MAX_KEY_BYTES, references: MAX_REFERENCE_BYTES })) {
    const elements = row[name]?.L ?? [];
    const wrong = elements.find(({ S }) => S === undefined || S.trim() === '' || utf8Bytes(S) > limit);
    if (wrong) {
      throw new Unfit(`${place(name)}: ${shown(wrong)} is no key of at most ${limit} bytes`);
    }
    if (new Set(elements.map(({ S }) => S)).size < elements.length) {
      throw new Unfit(`${place(name)}: names the same key twice`);
    }
  }
  const odd = claimsIn(row).find((claim) => !isClaimKey(claim));
  if (odd !== undefined) {
    throw new Unfit(`${place('claims')}: ${shown(odd)} is no claim; they start with unique#`);
  }
  const actions = deleteActions(claimsIn(row).length, referencesIn(row).length);
  if (actions > MAX_ACTIONS) {
    throw new Unfit(
      `claims and references together take ${actions} actions of a transaction, the limit is ${MAX_ACTIONS}`,
    );
  }
}
