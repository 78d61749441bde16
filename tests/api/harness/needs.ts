import { test } from 'vitest';
import { target } from './api.ts';

/** What some tests need and not every API has, with the reason. */
const NEEDS = {
  'a TTL sweep': {
    there: !target.shared,
    reason: 'DynamoDB may take two days to remove what has expired; a local server takes half a minute',
  },
  'the items table': {
    there: target.itemsTable !== undefined,
    reason: 'API_ITEMS_TABLE does not name it',
  },
};

/** A test that is skipped, aloud, where the API under test does not have what it needs. */
export function testNeeding(need: keyof typeof NEEDS, name: string, run: () => Promise<void>): void {
  const { there, reason } = NEEDS[need];
  if (!there) {
    console.warn(`skipped: ${name}: needs ${need}; ${reason}`);
  }
  test.skipIf(!there)(`${name} [needs ${need}]`, run);
}
