import { MAX_NESTING } from '../../schema/limits.ts';
import { isGiven } from './input.ts';
import { isKept, isTooSmall, LARGEST } from './kept-number.ts';
import { refusal, type Refusal } from './refusal.ts';
import { isWellFormed } from './well-formed.ts';

/**
 * AppSync ends a loop at its 1,000th round without a word (packages/appsync-local/docs/facts/runtime.md#loop-limit), but counts each inner loop for
 * itself.
 */
const ROUNDS = 1000;
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What keeps a value from being stored as it is. */
export type Obstacle = {
  fault:
    | 'nesting'
    /** A member's name is empty. */
    | 'no name'
    /** A member's name has an unpaired surrogate. */
    | 'broken name'
    | 'broken text'
    | 'number';
  /** The list or map, text or number at fault. */
  value: unknown;
  /** The JSON Pointer (RFC 6901) that leads to it. */
  pointer: string;
};

/** A list or map, of which the values from `at` on are still to be looked at; `depth` counts it and those around it. */
type Part = { pointer: string; depth: number; names: string[] | null; values: unknown[]; at: number };

type Walk = {
  parts: Part[];
  /** How many lists and maps may be inside each other. */
  deepest: number;
  /** Some text or name may have an unpaired surrogate. */
  hasOddTexts: boolean;
  found: Obstacle | null;
};

/**
 * Why a payload must not be written: DynamoDB would not take it, or would keep a number as another one. Null when it can be kept.
 * `functions/put-validated-item/storable.ts` draws the same lines where loops have no bound.
 */
export function payloadRefusal(payload: unknown): Refusal | null {
  const found = obstacle(payload, MAX_NESTING);
  return found ? refusal('BadRequest', messageOf(found), { field: 'payload', path: found.pointer }) : null;
}

/** Breadth first, a thousand lists and maps and of each a thousand values at a time, up to a thousand times. */
export function obstacle(value: unknown, deepest: number): Obstacle | null {
  const walk: Walk = { parts: [], deepest, hasOddTexts: mayHaveOddTexts(value), found: null };
  look(walk, value, '', 1);
  TEN.some(() => TEN.some(() => TEN.some(() => isDone(walk) || !goOn(walk))));
  return walk.found;
}

/** One look at the JSON spares nearly every payload a look at each text. JSON may have an unpaired surrogate as an escape. */
function mayHaveOddTexts(value: unknown): boolean {
  const json = JSON.stringify(value ?? null);
  return json.indexOf('\\u') >= 0 || !isWellFormed(json);
}

function isDone({ parts, found }: Walk): boolean {
  return isGiven(found) || parts.length === 0;
}

/** @returns true: there is a next round */
function goOn(walk: Walk): boolean {
  walk.parts.splice(0, ROUNDS).forEach((part) => {
    const { pointer, depth, names, values, at } = part;
    values.slice(at, at + ROUNDS).forEach((value, index) => {
      if (typeof value === 'object' || typeof value === 'number' || walk.hasOddTexts) {
        look(walk, value, `${pointer}/${names ? escaped(names[at + index]!) : at + index}`, depth + 1);
      }
    });
    part.at = at + ROUNDS;
    if (part.at < values.length) {
      walk.parts.push(part);
    }
  });
  return true;
}

/** `depth` is that of the value, if it is a list or map. */
function look(walk: Walk, value: unknown, pointer: string, depth: number): void {
  if (walk.found || !isGiven(value)) {
    return;
  }
  if (typeof value === 'number') {
    if (!isKept(value)) {
      walk.found = { fault: 'number', value, pointer };
    }
  } else if (typeof value === 'string') {
    if (walk.hasOddTexts && !isWellFormed(value)) {
      walk.found = { fault: 'broken text', value, pointer };
    }
  } else if (typeof value === 'object') {
    const names = Array.isArray(value) ? null : Object.keys(value as object);
    const values = Array.isArray(value) ? (value as unknown[]) : Object.values(value as object);
    const fault = depth > walk.deepest ? 'nesting' : names ? faultOf(names, walk) : null;
    if (isGiven(fault)) {
      walk.found = { fault, value, pointer };
    }
    walk.parts.push({ pointer, depth, names, values, at: 0 });
  }
}

/** DynamoDB refuses empty names inside a payload as it does outside; its emulators may take them. */
function faultOf(names: string[], { hasOddTexts }: Walk): Obstacle['fault'] | null {
  if (names.indexOf('') >= 0) {
    return 'no name';
  }
  return hasOddTexts && names.some((name) => !isWellFormed(name)) ? 'broken name' : null;
}

function messageOf({ fault, value, pointer }: Obstacle): string {
  const place = pointer === '' ? 'the root' : pointer;
  switch (fault) {
    case 'nesting':
      return `payload nests more than ${MAX_NESTING} lists and maps, which is DynamoDB's limit: flatten ${pointer}`;
    case 'no name':
      return `the member at ${place} whose name is empty cannot be stored: DynamoDB wants names`;
    case 'broken name':
      return `the member at ${place} whose name holds an unpaired surrogate cannot be stored`;
    case 'broken text':
      return `the text at ${place} holds an unpaired surrogate, which DynamoDB cannot store`;
    case 'number':
      return isTooSmall(value as number)
        ? `number ${value as number} at ${place} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`
        : `number ${value as number} at ${place} may have lost digits: whole numbers are exact up to ${LARGEST}; send it as a string, or write it with an import or SDK`;
  }
}

const escaped = (name: string): string =>
  name.indexOf('~') < 0 && name.indexOf('/') < 0 ? name : name.split('~').join('~0').split('/').join('~1');
