import { expect, it } from 'vitest';
import { withPortsInOrder } from '../../../../scripts/eject/launch-file.ts';

it('ports follow the first one without a gap', () => {
  const text = '[{ "name": "a", "port": 9229 }, { "port": 9231 }, { "port": 9232 }]';

  expect(withPortsInOrder(text)).toBe('[{ "name": "a", "port": 9229 }, { "port": 9230 }, { "port": 9231 }]');
});
