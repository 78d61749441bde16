import { expect, it } from 'vitest';
import { KeptLines } from '../../../src/logs/kept-lines.ts';

const line = (text: string, more: { requestId?: string; invocationId?: string } = {}) =>
  ({ source: 'put', severity: 'info', text, ...more }) as const;

const texts = (kept: KeptLines, after?: number): string[] => kept.list(after).map(({ text }) => text);

it('keeps the newest lines, and counts those that it dropped', () => {
  const kept = new KeptLines({ lines: 3 });
  ['a', 'b', 'c', 'd', 'e'].forEach((text) => kept.add(line(text)));

  expect(texts(kept)).toEqual(['c', 'd', 'e']);
  expect([kept.dropped, kept.newest]).toEqual([2, 5]);
  expect(texts(kept, 4)).toEqual(['e']);
  expect(texts(kept, 5)).toEqual([]);
  expect(texts(kept, 1)).toEqual(['c', 'd', 'e']);
});

it('bounds the characters of all lines and of each', () => {
  const kept = new KeptLines({ characters: 100, longest: 40 });
  kept.add(line('x'.repeat(50)));
  kept.add(line('y'.repeat(40)));
  kept.add(line('z'.repeat(40)));

  expect(texts(kept)).toEqual(['y'.repeat(40), 'z'.repeat(40)]);
  kept.add(line('w'.repeat(1000)));
  expect(texts(kept).at(-1)).toBe(`${'w'.repeat(40)}… (960 characters more)`);
});

it('finds the lines of a request and of an invocation', () => {
  const kept = new KeptLines();
  kept.add(line('of both', { requestId: 'r', invocationId: 'i' }));
  kept.add(line('of the request', { requestId: 'r' }));
  kept.add(line('of none'));

  expect(kept.of('r').map(({ text }) => text)).toEqual(['of both', 'of the request']);
  expect(kept.of('i').map(({ text }) => text)).toEqual(['of both']);
});
