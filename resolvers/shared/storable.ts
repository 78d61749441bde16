import { MAX_NESTING } from '../../schema/limits.ts';
import { isGiven } from './input.ts';
import { isKept, isTooSmall, LARGEST } from './kept-number.ts';
import { refusal, type Refusal } from './refusal.ts';

/**
 * AppSync ends a loop at its 1,000th round without a word (docs/facts/runtime.md#loop-limit), but counts each inner loop for
 * itself.
 */
const ROUNDS = 1000;
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What keeps a payload from being stored as it is, and the JSON Pointer (RFC 6901) that leads to it. */
type Obstacle = { message: string; pointer: string };

/** A list or map, of which the values from `at` on are still to be looked at; `depth` counts it and those around it. */
type Part = { pointer: string; depth: number; names: string[] | null; values: unknown[]; at: number };

type Walk = { parts: Part[]; found: Obstacle | null };

/**
 * Why a payload must not be written: DynamoDB would not take it, or would keep a number as another one. Null when it can be kept.
 * `functions/put-validated-item/storable.ts` draws the same lines where loops have no bound.
 */
export function payloadRefusal(payload: unknown): Refusal | null {
  const found = obstacle(payload);
  return found ? refusal('BadRequest', found.message, { field: 'payload', path: found.pointer }) : null;
}

/** Breadth first, a thousand lists and maps and of each a thousand values at a time, up to a thousand times. */
function obstacle(value: unknown): Obstacle | null {
  const walk: Walk = { parts: [], found: null };
  look(walk, value, '', 1);
  TEN.some(() => TEN.some(() => TEN.some(() => isDone(walk) || !goOn(walk))));
  return walk.found;
}

function isDone({ parts, found }: Walk): boolean {
  return isGiven(found) || parts.length === 0;
}

/** @returns true: there is a next round */
function goOn(walk: Walk): boolean {
  walk.parts.splice(0, ROUNDS).forEach((part) => {
    const { pointer, depth, names, values, at } = part;
    values.slice(at, at + ROUNDS).forEach((value, index) => {
      if (typeof value === 'object' || typeof value === 'number') {
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
      walk.found = { message: numberMessage(value, pointer), pointer };
    }
  } else if (typeof value === 'object') {
    const names = Array.isArray(value) ? null : Object.keys(value as object);
    const values = Array.isArray(value) ? (value as unknown[]) : Object.values(value as object);
    const message = containerMessage(names, pointer, depth);
    if (isGiven(message)) {
      walk.found = { message, pointer };
    }
    walk.parts.push({ pointer, depth, names, values, at: 0 });
  }
}

function numberMessage(number: number, pointer: string): string {
  const place = pointer === '' ? 'the root' : pointer;
  return isTooSmall(number)
    ? `number ${number} at ${place} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`
    : `number ${number} at ${place} may have lost digits: whole numbers are exact up to ${LARGEST}; send it as a string, or write it with an import or SDK`;
}

/** DynamoDB refuses empty names inside a payload as it does outside; its emulators may take them. */
function containerMessage(names: string[] | null, pointer: string, depth: number): string | null {
  if (depth > MAX_NESTING) {
    return `payload nests more than ${MAX_NESTING} lists and maps, which is DynamoDB's limit: flatten ${pointer}`;
  }
  return names && names.indexOf('') >= 0
    ? `the member at ${pointer === '' ? 'the root' : pointer} whose name is empty cannot be stored: DynamoDB wants names`
    : null;
}

const escaped = (name: string): string =>
  name.indexOf('~') < 0 && name.indexOf('/') < 0 ? name : name.split('~').join('~0').split('/').join('~1');
