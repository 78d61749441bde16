import { expect, it } from 'vitest';
import { lineSeverity, lineText } from '../../../src/lambda/line-severity.ts';

const functionName = 'work';
const stdout = { functionName, stream: 'stdout' } as const;
const stderr = { functionName, stream: 'stderr' } as const;

it.each([
  ['2026-11-29T10:00:00.000Z\t6f-1\tINFO\tsaved', 'info'],
  ['2026-11-29T10:00:00.000Z\t6f-1\tDEBUG\tsaved', 'debug'],
  ['2026-11-29T10:00:00.000Z\tundefined\tWARN\tlate', 'warn'],
  ['2026-11-29T10:00:00.000Z\t6f-1\tERROR\tInvoke Error', 'error'],
  ['[WARNING]\t2026-11-29T10:00:00.000Z\t6f-1\tlate', 'warn'],
  ['[CRITICAL] gone', 'error'],
  ['{"level":"ERROR","message":"no"}', 'error'],
  ['{"level":"debug","message":"no"}', 'debug'],
  ['{"level":30}', 'info'],
  ['{not JSON', 'info'],
  ['[constructor] plain words', 'info'],
])('reads the level in %j', (line, severity) => {
  expect(lineSeverity({ ...stdout, line })).toBe(severity);
});

it('takes what is written to standard error for a warning, unless it has a level or is of the inspector', () => {
  expect(lineSeverity({ ...stderr, line: '(node:1) DeprecationWarning: old' })).toBe('warn');
  expect(lineSeverity({ ...stderr, line: '{"level":"info"}' })).toBe('info');
  expect(lineSeverity({ ...stderr, line: 'Debugger attached.' })).toBe('debug');
});

it('takes words of the host for errors, and reports for details', () => {
  expect(lineSeverity({ functionName, stream: 'host', line: 'Event 1 was dropped' })).toBe('error');
  const report = { requestId: '1', durationMs: 1, memorySizeMb: 128 };
  expect(lineSeverity({ functionName, stream: 'report', line: 'REPORT', ...report })).toBe('debug');
});

it.each([
  ['2026-11-29T10:00:00.000Z\t6f-1\tINFO\tsaved\ttwice', 'saved\ttwice'],
  ['{"timestamp":"t","level":"INFO","requestId":"1","message":"saved"}', 'saved'],
  ['{"timestamp":"t","level":"INFO","requestId":"1","message":{"saved":2}}', '{"saved":2}'],
  [
    '{"timestamp":"t","level":"ERROR","message":"no","cold_start":true}',
    '{"message":"no","cold_start":true}',
  ],
  ['{"level":"INFO","message":"of another logger"}', '{"level":"INFO","message":"of another logger"}'],
  ['{not JSON', '{not JSON'],
  ['plain words', 'plain words'],
])('tells what %j says apart from what the runtime adds', (line, text) => {
  expect(lineText({ ...stdout, line })).toBe(text);
});
