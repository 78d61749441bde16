import { describe, expect, it } from 'vitest';
import { isFalling } from '../../../../bench/put-get/warm-up.ts';

describe('a warm-up', () => {
  it('goes on while one of its last three turns took clearly less than all before', () => {
    expect(isFalling([100, 80, 70, 70, 70])).toBe(true);
    expect(isFalling([100, 80, 81, 79, 77])).toBe(true);
  });

  it('ends when its last three turns took about what the cheapest before took', () => {
    expect(isFalling([100, 70, 70, 72, 69])).toBe(false);
    expect(isFalling([100, 70, 80, 80, 80])).toBe(false);
  });
});
