import { attribute, type Terms } from './filter.ts';
import { MAX_NESTING } from './limits.ts';
import { badRequest, type Refusal } from './refusals.ts';

/** A member's name, or its text as a position in a list; of digits in a JSON Pointer only the payload tells which. */
export type Step = { text: string; kind: 'name' | 'position' | 'either' };

/** Digits in one pointer: each doubles the places that it may lead to. */
const MAX_EITHER = 4;
/** Digits of a position in a pointer; DynamoDB keeps no list of a million elements. */
const POINTER_DIGITS = 6;
/** The same in brackets. */
const BRACKET_DIGITS = 9;
const FIELD = 'filter.payload.path';

/**
 * Reads `dimensions.width`, `variants[0].sku`, `[0].sku` where the payload is a list or, for names that have dots or brackets of their
 * own, the JSON Pointer (RFC 6901) `/odd.name/width`. No steps mean the payload itself.
 */
export function stepsOf(path: string): Step[] {
  if (path === '') {
    return [];
  }
  return path.startsWith('/') ? pointerSteps(path) : dottedSteps(path);
}

/** Why a path cannot be asked about; null when it can. */
export function pathRefusal(path: string): Refusal | null {
  if (
    path !== '' &&
    !path.startsWith('/') &&
    !path.split('.').every((part, at) => isReadable(part, at === 0))
  ) {
    return badRequest(
      'filter_path_invalid',
      `path ${path} cannot be read; write dimensions.width, variants[0].sku, or for odd names a JSON Pointer such as /odd.name/width`,
      FIELD,
    );
  }
  const steps = stepsOf(path);
  const either = steps.filter(({ kind }) => kind === 'either').length;
  if (either > MAX_EITHER) {
    return badRequest(
      'filter_path_ambiguous',
      `path has ${either} numbers that may be positions or names; at most ${MAX_EITHER} are allowed, write positions in brackets as in variants[0].sku`,
      FIELD,
    );
  }
  return steps.length > MAX_NESTING
    ? badRequest(
        'filter_path_too_deep',
        `path has ${steps.length} steps; a payload nests at most ${MAX_NESTING} lists and maps`,
        FIELD,
      )
    : null;
}

/** RFC 6901, section 4: digits without leading zeros lead into a list, and are a name in an object. */
function pointerSteps(pointer: string): Step[] {
  return pointer
    .slice(1)
    .split('/')
    .map((token): Step => ({
      text: token.split('~1').join('/').split('~0').join('~'),
      kind: isDigits(token, POINTER_DIGITS) && (token === '0' || !token.startsWith('0')) ? 'either' : 'name',
    }));
}

function dottedSteps(path: string): Step[] {
  return path.split('.').flatMap((part): Step[] => {
    const [name, ...positions] = part.split('[');
    const inside = positions.map((text): Step => ({ text: text.slice(0, -1), kind: 'position' }));
    return name === '' ? inside : [{ text: name as string, kind: 'name' }, ...inside];
  });
}

/** `name`, `name[0][1]`, and where the payload is a list `[0]`. */
function isReadable(part: string, isFirst: boolean): boolean {
  const [first, ...positions] = part.split('[');
  const name = first as string;
  return (
    (name !== '' || (isFirst && positions.length > 0)) &&
    name.indexOf(']') < 0 &&
    positions.every((text) => text.endsWith(']') && isDigits(text.slice(0, -1), BRACKET_DIGITS))
  );
}

function isDigits(text: string, most: number): boolean {
  return (
    text.length > 0 &&
    text.length <= most &&
    text.split('').every((digit) => '0123456789'.indexOf(digit) >= 0)
  );
}

/** The places that a path may lead to, as document paths of an expression. */
export function targetsOf(terms: Terms, steps: Step[]): string[] {
  let targets = [attribute(terms, 'payload')];
  steps.forEach(({ text, kind }) => {
    const positions = kind === 'name' ? [] : targets.map((target) => `${target}[${text}]`);
    const members = kind === 'position' ? [] : targets.map((target) => `${target}.${attribute(terms, text)}`);
    targets = [...positions, ...members];
  });
  return targets;
}
