import { test } from 'vitest';
import type { ApiTarget } from './target.ts';

/** What some tests need and not every API has, and why not. */
export const NEEDS = {
  'a TTL sweep': {
    isMet: ({ shared }: ApiTarget) => !shared,
    whyNot: 'DynamoDB may take two days to remove what has expired; a local server takes half a minute',
  },
  'the items table': {
    isMet: ({ itemsTable }: ApiTarget) => itemsTable !== undefined,
    whyNot: '`API_ITEMS_TABLE` does not name it',
  },
};

/** Makes tests that are skipped, aloud, where the API under test does not have what they need. */
export const testsNeeding =
  (target: ApiTarget) =>
  (need: keyof typeof NEEDS, name: string, run: () => Promise<void>): void => {
    const { isMet, whyNot } = NEEDS[need];
    const met = isMet(target);
    if (!met) {
      console.warn(`skipped: ${name}: needs ${need}; ${whyNot}`);
    }
    test.skipIf(!met)(`${name} [needs ${need}]`, run);
  };
