import { expect, test } from 'vitest';
import { onceEach } from '../../../src/ground/once-each.ts';

test('reports each line once, and no more than 20', () => {
  const lines: string[] = [];
  const report = onceEach((line) => lines.push(line));

  for (let turn = 0; turn < 50; turn += 1) {
    report(`line ${Math.floor(turn / 2)}`);
  }

  expect(lines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index}`));
});
