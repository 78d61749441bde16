import { isDeepStrictEqual } from 'node:util';
import { DemoFailure } from './failure.ts';

/**
 * The tour shows nothing that is not so.
 * @param what names the value in the message: `version of the replaced note`
 * @throws DemoFailure when the value seen is another
 */
export function expectEqual(what: string, seen: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(seen, expected)) {
    throw new DemoFailure(`${what} should be ${JSON.stringify(expected)}, got ${JSON.stringify(seen)}`);
  }
}
