import { expect, it } from 'vitest';
import { NOW, valueOf } from '../harness/evaluate.ts';

it('makes UUIDs of version 4', () => {
  const id = valueOf('util.autoId()');

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('makes ULIDs that begin with the time', () => {
  const [first, second] = valueOf('[util.autoUlid(), util.autoUlid()]') as string[];

  const time = [...(first ?? '').slice(0, 10)].reduce(
    (sum, character) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character),
    0,
  );
  expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(time).toBe(NOW);
  expect(first).not.toBe(second);
});

it('makes KSUIDs that begin with the time', () => {
  const id = valueOf('util.autoKsuid()') as string;

  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const number = [...id].reduce((sum, character) => sum * 62n + BigInt(alphabet.indexOf(character)), 0n);
  expect(id).toHaveLength(27);
  expect(Number(number >> 128n)).toBe(Math.trunc(NOW / 1000) - 1_400_000_000);
});
