import { util } from '@aws-appsync/utils';
import { MAX_NESTING } from '../../schema/limits.ts';
import { badRequest } from './input.ts';

/** A member's name, or its text as a position in a list. */
export type Step = { text: string; position: boolean };

/**
 * Reads `dimensions.width`, `variants[0].sku` or, for names that have dots or brackets of their own, the JSON Pointer
 * (RFC 6901) `/odd.name/width`. No steps mean the payload itself.
 */
export function payloadPath(path: string): Step[] {
  const steps: Step[] = path === '' ? [] : path.startsWith('/') ? pointerSteps(path) : dottedSteps(path);
  if (steps.length > MAX_NESTING) {
    badRequest(
      `path has ${steps.length} steps; a payload nests at most ${MAX_NESTING} lists and maps`,
      'filter.payload.path',
    );
  }
  return steps;
}

function pointerSteps(pointer: string): Step[] {
  return pointer
    .slice(1)
    .split('/')
    .map((token) => ({ text: token.split('~1').join('/').split('~0').join('~'), position: false }));
}

function dottedSteps(path: string): Step[] {
  return path.split('.').flatMap((part) => {
    const [name = '', ...positions] = part.split('[');
    const readable =
      name !== '' &&
      name.indexOf(']') < 0 &&
      positions.every((position) => util.matches('^[0-9]{1,9}\\]$', position));
    if (!readable) {
      badRequest(
        `path ${path} cannot be read; write dimensions.width, variants[0].sku, or for odd names a JSON Pointer such as /odd.name/width`,
        'filter.payload.path',
      );
    }
    return [
      { text: name, position: false },
      ...positions.map((text) => ({ text: text.slice(0, -1), position: true })),
    ];
  });
}
