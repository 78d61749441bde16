import { isKept, isTooSmall, LARGEST } from './kept-number.ts';
import { refusal, type Refusal } from './refusal.ts';

/** AppSync ends a loop at its 1,000th round without a word (AppSync facts 1.6), but counts each inner loop for itself. */
const ROUNDS = 1000;
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A number that the write could not keep, and the JSON Pointer (RFC 6901) that leads to it. */
type Found = { number: number; pointer: string };

/** A list or map, of which the values from `at` on are still to be looked at; `pointer` leads to it. */
type Part = { pointer: string; names: string[] | null; values: unknown[]; at: number };

type Walk = { parts: Part[]; found: Found | null };

/** Why a payload must not be written: a number in it would be stored as another one. Null when every number is kept. */
export function numberRefusal(payload: unknown): Refusal | null {
  const found = unkeptNumber(payload);
  if (!found) {
    return null;
  }
  const { number, pointer } = found;
  const place = pointer === '' ? 'the root' : pointer;
  return refusal(
    'BadRequest',
    isTooSmall(number)
      ? `number ${number} at ${place} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`
      : `number ${number} at ${place} may have lost digits: whole numbers are exact up to ${LARGEST}; send it as a string, or write it with an import or SDK`,
    { field: 'payload', path: pointer },
  );
}

/** Breadth first, a thousand lists and maps and of each a thousand values at a time, up to a thousand times. */
function unkeptNumber(value: unknown): Found | null {
  const walk: Walk = { parts: [], found: null };
  look(walk, value, '');
  TEN.some(() => TEN.some(() => TEN.some(() => isDone(walk) || !goOn(walk))));
  return walk.found;
}

function isDone({ parts, found }: Walk): boolean {
  return found !== null || parts.length === 0;
}

/** @returns true: there is a next round */
function goOn(walk: Walk): boolean {
  walk.parts.splice(0, ROUNDS).forEach((part) => {
    const { pointer, names, values, at } = part;
    values.slice(at, at + ROUNDS).forEach((value, index) => {
      if (typeof value === 'object' || typeof value === 'number') {
        look(walk, value, `${pointer}/${names ? escaped(names[at + index]!) : at + index}`);
      }
    });
    part.at = at + ROUNDS;
    if (part.at < values.length) {
      walk.parts.push(part);
    }
  });
  return true;
}

function look(walk: Walk, value: unknown, pointer: string): void {
  if (typeof value === 'number') {
    if (!walk.found && !isKept(value)) {
      walk.found = { number: value, pointer };
    }
  } else if (Array.isArray(value)) {
    walk.parts.push({ pointer, names: null, values: value as unknown[], at: 0 });
  } else if (typeof value === 'object' && value !== null) {
    walk.parts.push({ pointer, names: Object.keys(value), values: Object.values(value), at: 0 });
  }
}

const escaped = (name: string): string =>
  name.indexOf('~') < 0 && name.indexOf('/') < 0 ? name : name.split('~').join('~0').split('/').join('~1');
