import { expect, it } from 'vitest';
import { MAX_REFERENCE_BYTES, referrersKey } from '../../../model/constraints.ts';
import { MAX_KEY_BYTES } from '../../../model/limits.ts';

it('leaves room for the key of the row that counts referrers', () => {
  expect(referrersKey('x'.repeat(MAX_REFERENCE_BYTES))).toHaveLength(MAX_KEY_BYTES);
});
