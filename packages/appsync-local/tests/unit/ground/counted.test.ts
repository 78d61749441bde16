import { expect, it } from 'vitest';
import { counted } from '../../../src/ground/counted.ts';

it.each([
  [counted(0, 'item'), '0 items'],
  [counted(1, 'item'), '1 item'],
  [counted(0.5, 'read unit'), '0.5 read units'],
  [counted('100,000', 'item'), '100,000 items'],
  [counted(2, 'index', 'indexes'), '2 indexes'],
])('names what is counted: %s', (text, expected) => {
  expect(text).toBe(expected);
});
