import { MAX_NESTING } from '../../schema/limits.ts';
import { badRequest } from './input.ts';
import { LARGEST } from './kept-number.ts';
import type { Expression } from './page.ts';
import { obstacle, type Obstacle } from './storable.ts';
import { unpairedIn } from './well-formed.ts';

/** Typed, a value has two levels for each of its own, and one for what is inside: `{ M: { a: { N: 1 } } }`. */
const DEEPEST = 2 * (MAX_NESTING + 1);

/**
 * Ends the field for a filter with an operand that DynamoDB would not take, or would compare as another number than the client
 * sent. Here and not where the filter is made, whose bundles are near AppSync's limit.
 */
export function checkOperands({ expressionValues }: Expression): void {
  const found = obstacle(expressionValues, DEEPEST);
  if (found) {
    badRequest(messageOf(found), 'filter.payload');
  }
}

function messageOf({ fault, value }: Obstacle): string {
  switch (fault) {
    case 'nesting':
      return `filter has an operand that nests more than ${MAX_NESTING} lists and maps, the most that a payload may`;
    case 'no name':
      return 'filter has an operand with a member whose name is empty; no payload has one';
    case 'broken name':
    case 'broken text':
      return unpairedIn('an operand of filter');
    case 'number':
      return `filter has the number ${value as number}; it may have whole numbers up to ${LARGEST}, sign aside, and none nearer to 0 than 1e-130`;
  }
}
