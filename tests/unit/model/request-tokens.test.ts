import { expect, it } from 'vitest';
import { requestKey } from '../../../model/request-tokens.ts';

it('keeps the tokens of callers and fields apart', () => {
  const caller = { readsAll: false, writesAll: false, writesOwn: true, owner: 'alice' };

  expect(requestKey('putItem', caller, 't')).toBe('request#putItem#owner:alice#t');
});
