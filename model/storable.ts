import { CHUNK, chunksOf, countTo } from './chunks.ts';
import { isGiven } from './given.ts';
import { unpairedIn } from './input.ts';
import { LARGEST_NUMBER, MAX_NESTING, SMALLEST_NUMBER } from './limits.ts';
import type { PlainCode } from './refusal-info.ts';
import { badRequest, type Refusal } from './refusals.ts';
import { escapeToken, placeOf, type PlacedText } from './text.ts';

/** What keeps a value from being stored as it is. */
export type Obstacle = {
  fault:
    | 'nesting'
    /** A member's name is empty: DynamoDB refuses it inside a payload as it does outside; its emulators may take it. */
    | 'no name'
    /** A member's name has an unpaired surrogate. */
    | 'broken name'
    | 'broken text'
    /** It may be another one than the client sent, or than DynamoDB can hold. */
    | 'number';
  /** The list or map, text or number at fault. */
  value: unknown;
  /** The JSON Pointer (RFC 6901) that leads to it. */
  pointer: string;
};

type Placed = { value: unknown; pointer: string };

/**
 * What keeps a value from being stored, its texts aside; null when nothing does. Level by level, for APPSYNC_JS has no recursion.
 *
 * @param deepest how many lists and maps may be inside each other, below 1,000
 */
export function obstacleIn(value: unknown, deepest: number): Obstacle | null {
  let level: Placed[] = [{ value, pointer: '' }];
  let found: Obstacle | null = null;
  countTo(deepest + 1).some((depth) => {
    found = firstObstacle(level, depth === deepest);
    level = isGiven(found) ? [] : nextLevel(level, false);
    return level.length === 0;
  });
  return found;
}

/**
 * The texts and names inside a value, in lists of at most 1,000: the platform looks for one that UTF-8 has no bytes for.
 *
 * @param value one without an obstacle
 */
export function textsIn(value: unknown, deepest: number): PlacedText[][] {
  let level: Placed[] = [{ value, pointer: '' }];
  let texts: PlacedText[] = [];
  countTo(deepest + 1).some(() => {
    texts = [...texts, ...chunksOf(level).flatMap((chunk) => chunk.flatMap((one) => textsOf(one)))];
    level = nextLevel(level, true);
    return level.length === 0;
  });
  return chunksOf(texts);
}

/** A text or name that has an unpaired surrogate. */
export function brokenText({ text, pointer, isName }: PlacedText): Obstacle {
  return { fault: isName ? 'broken name' : 'broken text', value: text, pointer };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && isGiven(value);
}

/** What the lists and maps of a level hold, as far as it is to be looked at: texts only where they are asked for. */
function nextLevel(level: Placed[], texts: boolean): Placed[] {
  return chunksOf(level).flatMap((chunk) => chunk.flatMap((one) => within(one, texts)));
}

function within({ value, pointer }: Placed, texts: boolean): Placed[] {
  if (!isContainer(value)) {
    return [];
  }
  const names = Array.isArray(value) ? null : Object.keys(value);
  return chunksOf(Object.values(value) as unknown[]).flatMap((chunk, at) =>
    chunk.flatMap((one, index) => {
      const place = at * CHUNK + index;
      return isContainer(one) || typeof one === 'number' || (texts && typeof one === 'string')
        ? [{ value: one, pointer: `${pointer}/${names ? escapeToken(names[place] as string) : place}` }]
        : [];
    }),
  );
}

function textsOf({ value, pointer }: Placed): PlacedText[] {
  if (typeof value === 'string') {
    return [{ text: value, pointer, isName: false }];
  }
  return isContainer(value) && !Array.isArray(value)
    ? chunksOf(Object.keys(value)).flatMap((chunk) => chunk.map((text) => ({ text, pointer, isName: true })))
    : [];
}

function firstObstacle(level: Placed[], tooDeep: boolean): Obstacle | null {
  let found: Obstacle | null = null;
  chunksOf(level).some((chunk) =>
    chunk.some(({ value, pointer }) => {
      const fault = faultOf(value, tooDeep);
      found = isGiven(fault) ? { fault, value, pointer } : null;
      return isGiven(fault);
    }),
  );
  return found;
}

function faultOf(value: unknown, tooDeep: boolean): Obstacle['fault'] | null {
  if (typeof value === 'number') {
    return isKept(value) ? null : 'number';
  }
  if (!isContainer(value)) {
    return null;
  }
  if (tooDeep) {
    return 'nesting';
  }
  return !Array.isArray(value) && Object.keys(value).indexOf('') >= 0 ? 'no name' : null;
}

/** False for a number that may be another one than the client sent, or than DynamoDB can hold. */
function isKept(number: number): boolean {
  return number <= LARGEST_NUMBER && number >= -LARGEST_NUMBER && !isTooSmall(number);
}

function isTooSmall(number: number): boolean {
  return number !== 0 && number < SMALLEST_NUMBER && number > -SMALLEST_NUMBER;
}

/** Why a payload must not be written; null when there is no obstacle. */
export function payloadRefusal(found: Obstacle | null): Refusal | null {
  return isGiven(found)
    ? badRequest(payloadCode(found), payloadMessage(found), 'payload', found.pointer)
    : null;
}

function payloadCode({ fault, value }: Obstacle): PlainCode<'BadRequest'> {
  switch (fault) {
    case 'nesting':
      return 'payload_too_deep';
    case 'no name':
      return 'payload_name_empty';
    case 'broken name':
    case 'broken text':
      return 'unpaired_surrogate';
    case 'number':
      return isTooSmall(value as number) ? 'payload_number_out_of_range' : 'payload_number_inexact';
  }
}

function payloadMessage({ fault, value, pointer }: Obstacle): string {
  const place = placeOf(pointer);
  switch (fault) {
    case 'nesting':
      return `payload nests more than ${MAX_NESTING} lists and maps, which is DynamoDB's limit: flatten ${pointer}`;
    case 'no name':
      return `the member at ${place} has an empty name, which DynamoDB cannot store`;
    case 'broken name':
      return `the member at ${place} has a name with an unpaired surrogate, which DynamoDB cannot store`;
    case 'broken text':
      return `the text at ${place} holds an unpaired surrogate, which DynamoDB cannot store`;
    case 'number':
      return isTooSmall(value as number)
        ? `number ${value as number} at ${place} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`
        : `number ${value as number} at ${place} may have lost digits: whole numbers are exact up to ${LARGEST_NUMBER}; send it as a string, or write it with an import or SDK`;
  }
}

/** Why a filter must not be asked; null when no operand has an obstacle. */
export function unstorableOperand(found: Obstacle | null): Refusal | null {
  return isGiven(found) ? badRequest(operandCode(found), operandMessage(found), 'filter.payload') : null;
}

function operandCode({ fault }: Obstacle): PlainCode<'BadRequest'> {
  return fault === 'broken name' || fault === 'broken text'
    ? 'unpaired_surrogate'
    : 'filter_operand_unstorable';
}

function operandMessage({ fault, value }: Obstacle): string {
  switch (fault) {
    case 'nesting':
      return `filter has an operand that nests more than ${MAX_NESTING} lists and maps, the most that a payload may`;
    case 'no name':
      return 'filter has an operand with a member whose name is empty; no payload has one';
    case 'broken name':
    case 'broken text':
      return unpairedIn('an operand of filter');
    case 'number':
      return `filter has the number ${value as number}; it may have whole numbers up to ${LARGEST_NUMBER}, sign aside, and none nearer to 0 than 1e-130`;
  }
}
