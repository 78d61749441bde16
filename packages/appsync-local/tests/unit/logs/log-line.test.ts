import { expect, it } from 'vitest';
import { type LogFilter, type LogLine, passes } from '../../../src/logs/log-line.ts';

const LINE: LogLine = {
  number: 1,
  at: '2026-11-30T10:00:00.000Z',
  source: 'PutNote',
  severity: 'warn',
  text: 'Late answer',
  requestId: 'r-1',
  invocationId: 'i-1',
};

it.each<[LogFilter, boolean]>([
  [{}, true],
  [{ level: 'info' }, true],
  [{ level: 'error' }, false],
  [{ source: 'PutNote' }, true],
  [{ source: 'putn' }, true],
  [{ source: 'GetNote' }, false],
  [{ id: 'r-1' }, true],
  [{ id: 'i-1' }, true],
  [{ id: 'r' }, false],
  [{ text: 'late' }, true],
  [{ text: 'early' }, false],
  [{ level: 'warn', text: 'late', id: 'r-2' }, false],
])('%j lets the line pass: %j', (filter, expected) => {
  expect(passes(LINE, filter)).toBe(expected);
});
