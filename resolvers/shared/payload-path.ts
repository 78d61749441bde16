import { util } from '@aws-appsync/utils';
import { MAX_NESTING } from '../../schema/limits.ts';
import { badRequest } from './input.ts';
import { checkTexts } from './well-formed.ts';

/** A member's name, or its text as a position in a list; of digits in a JSON Pointer only the payload tells which. */
export type Step = { text: string; kind: 'name' | 'position' | 'either' };

/** Digits in one pointer: each doubles the places that it may lead to. */
const MAX_EITHER = 4;
/** Of positions, in digits; DynamoDB keeps no list of a million elements. */
const POSITION = '^(0|[1-9][0-9]{0,5})$';

/**
 * Reads `dimensions.width`, `variants[0].sku`, `[0].sku` where the payload is a list or, for names that have dots or brackets of their
 * own, the JSON Pointer (RFC 6901) `/odd.name/width`. No steps mean the payload itself.
 */
export function payloadPath(path: string): Step[] {
  checkTexts(path, 'filter.payload.path');
  const steps: Step[] = path === '' ? [] : path.startsWith('/') ? pointerSteps(path) : dottedSteps(path);
  if (steps.length > MAX_NESTING) {
    badRequest(
      `path has ${steps.length} steps; a payload nests at most ${MAX_NESTING} lists and maps`,
      'filter.payload.path',
    );
  }
  return steps;
}

/** RFC 6901, section 4: digits without leading zeros lead into a list, and are a name in an object. */
function pointerSteps(pointer: string): Step[] {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((token): Step => ({
      text: token.split('~1').join('/').split('~0').join('~'),
      kind: util.matches(POSITION, token) ? 'either' : 'name',
    }));
  const either = steps.filter(({ kind }) => kind === 'either').length;
  if (either > MAX_EITHER) {
    badRequest(
      `path has ${either} numbers that may be positions or names; at most ${MAX_EITHER} are allowed, write positions in brackets as in variants[0].sku`,
      'filter.payload.path',
    );
  }
  return steps;
}

function dottedSteps(path: string): Step[] {
  return path.split('.').flatMap((part, index) => {
    const [name, ...positions] = part.split('[');
    const isPayload = name === '' && index === 0 && positions.length > 0;
    const readable =
      (name !== '' || isPayload) &&
      name.indexOf(']') < 0 &&
      positions.every((position) => util.matches('^[0-9]{1,9}\\]$', position));
    if (!readable) {
      badRequest(
        `path ${path} cannot be read; write dimensions.width, variants[0].sku, or for odd names a JSON Pointer such as /odd.name/width`,
        'filter.payload.path',
      );
    }
    const inside = positions.map((text): Step => ({ text: text.slice(0, -1), kind: 'position' }));
    return isPayload ? inside : [{ text: name, kind: 'name' } as Step, ...inside];
  });
}
