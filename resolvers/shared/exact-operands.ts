import { badRequest, isGiven } from './input.ts';
import { isKept, LARGEST } from './kept-number.ts';
import type { Expression } from './page.ts';

/** Eight times eight is enough for the 31 lists and maps inside each other that DynamoDB holds, each typed. */
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * Ends the field for a filter with an operand that would be compared as another number than the client sent. Here and not
 * where the filter is made, whose bundles are near AppSync's limit. Of lists and maps the first thousand values count.
 */
export function checkOperands({ expressionValues }: Expression): void {
  let values: unknown[] = [expressionValues];
  EIGHT.forEach(() =>
    EIGHT.forEach(() => {
      values = values.flatMap((value) =>
        typeof value === 'object' && isGiven(value) ? Object.values(value) : [],
      );
      values.forEach((value) => {
        if (typeof value === 'number' && !isKept(value)) {
          badRequest(
            `filter has the number ${value}; it may have whole numbers up to ${LARGEST}, sign aside, and none nearer to 0 than 1e-130`,
            'filter.payload',
          );
        }
      });
    }),
  );
}
