import { describe, expect, it } from 'vitest';
import { MAX_REFERENCE_BYTES, referrersKey, requestKey, unchanged } from '../../../model/constraints.ts';
import { MAX_KEY_BYTES } from '../../../model/limits.ts';

describe('a row is unchanged', () => {
  it.each([
    ['where there was none', null, null, 'attribute_not_exists(#id)'],
    [
      'in version, creation and owner, and has not come to be referred to',
      { version: 3, createdAt: 't', owner: 'alice' },
      null,
      '#version = :version AND #createdAt = :createdAt AND #owner = :owner AND attribute_not_exists(#referenced)',
    ],
    [
      'where it had expired and still has',
      { version: 3, createdAt: 't', referenced: true },
      1000,
      '#version = :version AND #createdAt = :createdAt AND attribute_not_exists(#owner) AND #expiresAt <= :now',
    ],
    [
      'without a version or a creation, as a script may have written it',
      { referenced: true },
      null,
      'attribute_not_exists(#version) AND attribute_not_exists(#createdAt) AND attribute_not_exists(#owner) AND attribute_exists(#id)',
    ],
  ])('%s', (_, read, expiredBy, expression) => {
    expect(unchanged(read, expiredBy).expression).toBe(expression);
  });

  it('by names and values that all occur, as DynamoDB wants', () => {
    const { expression, names, values } = unchanged({ version: 3, createdAt: 't', owner: 'alice' }, 1000);

    expect(
      [...Object.keys(names), ...Object.keys(values)].filter((alias) => !expression.includes(alias)),
    ).toEqual([]);
    expect(values).toEqual({ ':version': 3, ':createdAt': 't', ':owner': 'alice', ':now': 1000 });
  });
});

it('leaves room for the key of the row that counts referrers', () => {
  expect(referrersKey('x'.repeat(MAX_REFERENCE_BYTES))).toHaveLength(MAX_KEY_BYTES);
});

it('keeps the tokens of callers and fields apart', () => {
  const caller = { readsAll: false, writesAll: false, writesOwn: true, owner: 'alice' };

  expect(requestKey('putItem', caller, 't')).toBe('request#putItem#owner:alice#t');
});
