import { describe, expect, test } from 'vitest';
import type { PutInput } from '../../../../functions/put-validated-item/check-input.ts';
import { kinds } from '../../../../schema/generated/kinds.js';
import { ADMIN, ALICE, product, written, refused, useTables } from '../harness/put-setup.ts';

const { put, putAs, stored, claimsHeldBy } = useTables();

describe('an input that cannot be right', () => {
  test.each<[string, Partial<PutInput>, string, string]>([
    ['a blank id', { id: ' \t' }, 'id is required', 'id'],
    ['an id over 2048 bytes', { id: 'é'.repeat(1025) }, 'id has 2050 bytes; at most 2048 are allowed', 'id'],
    ['an unpaired surrogate in an id', { id: 'a\ud800' }, 'id holds an unpaired surrogate', 'id'],
    ['an unpaired surrogate in a kind', { kind: '\ud800' }, 'kind "\\ud800" is not registered', 'kind'],
    [
      'an unknown kind',
      { kind: 'constructor' },
      `there are ${kinds.map(({ kind }) => kind).join(', ')}`,
      'kind',
    ],
    [
      'an expiry in milliseconds',
      { expiresAt: 1_900_000_000_000 },
      'expiresAt 1900000000000 looks like milliseconds; it must be seconds since 1970, which is 1900000000',
      'expiresAt',
    ],
    ['an expiry past the year 9999', { expiresAt: 1e16 }, 'the end of the year 9999', 'expiresAt'],
    ['a negative version', { expectedVersion: -1 }, 'expectedVersion is -1', 'expectedVersion'],
    [
      'a number out of range',
      { kind: 'anything', payload: { a: [1e126] } },
      'number 1e+126 at /a/0',
      'payload',
    ],
    [
      'an item over 400 KB',
      { kind: 'anything', payload: 'x'.repeat(409600) },
      'larger than 400 KB, the most that DynamoDB holds: its payload takes 409602 bytes of JSON',
      'payload',
    ],
    [
      'a long unique value',
      { kind: 'anything', payload: { code: 'x'.repeat(2048) } },
      'value at /code',
      'payload',
    ],
  ])('%s is a BadRequest that names the field', async (_, input, message, field) => {
    const error = refused(await put({ payload: product(), ...input }));

    expect(error).toMatchObject({ errorType: 'BadRequest', data: null, errorInfo: { field } });
    expect(error.message).toContain(message);
  });

  test('an owner with an unpaired surrogate is refused, and from others than admins any owner', async () => {
    const input = { payload: product(), owner: '\udc00' };

    expect(refused(await putAs(ADMIN, input))).toMatchObject({
      message: 'owner holds an unpaired surrogate, which DynamoDB cannot store',
      errorInfo: { field: 'owner' },
    });
    expect(refused(await putAs(ALICE, input))).toMatchObject({ errorType: 'Unauthorized' });
  });

  test('more than 100 actions are refused with their number', async () => {
    const tags = Array.from({ length: 100 }, (_, index) => `t${index}`);

    const error = refused(await put({ kind: 'anything', payload: { tags } }));

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload' } });
    expect(error.message).toContain('takes 102 actions');
  });

  test('98 unique values fit: a delete takes one action more than the first write', async () => {
    const tags = Array.from({ length: 98 }, (_, index) => `fit${index}`);

    const item = written(await put({ kind: 'anything', payload: { tags } }));

    expect(await claimsHeldBy(item.id)).toHaveLength(98);
  });

  test('31 lists inside each other fit, 32 do not', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

    const fits = await put({ kind: 'anything', payload: nested(31) });
    const error = refused(await put({ kind: 'anything', payload: nested(32) }));

    expect(written(fits).version).toBe(1);
    expect(error.message).toContain('nests more than 31 lists and maps');
  });

  test('of many broken rules the first hundred are told, and their number', async () => {
    const broken = (categories: unknown[]) =>
      put({ payload: { sku: 'A', name: 'x', price: { amountMinor: 1, currency: 'EUR' }, categories } });

    const many = refused(await broken(Array.from({ length: 60_000 }, (_, n) => `A${n}`)));
    const one = refused(await broken(['A']));

    expect(many).toMatchObject({
      errorType: 'ValidationFailed',
      message: 'payload breaks 60001 rules of kind product; the first 100 are listed',
      // 60,000 names in capitals, and too many of them.
      errorInfo: { count: 60_001 },
    });
    expect(many.errorInfo?.['violations']).toHaveLength(100);
    expect(one.errorInfo).toMatchObject({ count: 1, violations: [{ path: '/categories/0' }] });
  });

  test('of broken rules with endless paths as many are told as fit an answer, one at least', async () => {
    const long = 'x'.repeat(90_000);
    const payload = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}${long}`, 1]));
    const error = refused(await put({ payload }));
    const longest = refused(await put({ payload: { [`${long}${long}${long}`]: 1 } }));

    expect(JSON.stringify(error).length).toBeLessThan(300_000);
    expect(error.errorInfo?.['count']).toBe(7);
    expect(longest.errorInfo?.['violations']).not.toEqual([]);
  });

  test('a payload that breaks its rules is not written', async () => {
    const error = refused(await put({ id: 'broken', payload: { sku: 'a b', name: '' } }));

    expect(error).toMatchObject({
      errorType: 'ValidationFailed',
      message: 'payload breaks 3 rules of kind product',
    });
    expect(await stored('broken')).toBeUndefined();
  });
});
