import { describe, expect, it } from 'vitest';
import { unchanged } from '../../../model/unchanged.ts';

describe('a row is unchanged', () => {
  it.each([
    ['where there was none', null, null, 'attribute_not_exists(#id)'],
    [
      'in version, creation and owner',
      { version: 3, createdAt: 't', owner: 'alice' },
      null,
      '#version = :version AND #createdAt = :createdAt AND #owner = :owner',
    ],
    [
      'where it had expired and still has',
      { version: 3, createdAt: 't' },
      1000,
      '#version = :version AND #createdAt = :createdAt AND attribute_not_exists(#owner) AND #expiresAt <= :now',
    ],
    [
      'without a version or a creation, as a script may have written it',
      {},
      null,
      'attribute_not_exists(#version) AND attribute_not_exists(#createdAt) AND attribute_not_exists(#owner) AND attribute_exists(#id)',
    ],
  ])('%s', (_, read, expiredBy, expression) => {
    const known = {
      referenced: true, // part: validated-items
    };

    expect(unchanged(read && { ...read, ...known }, expiredBy).expression).toBe(expression);
  });

  // part: validated-items
  it('where nothing has come to refer to it', () => {
    expect(unchanged({ version: 3, createdAt: 't', owner: 'alice' }, null).expression).toBe(
      '#version = :version AND #createdAt = :createdAt AND #owner = :owner AND attribute_not_exists(#referenced)',
    );
  });
  // end: validated-items

  it('by names and values that all occur, as DynamoDB wants', () => {
    const { expression, names, values } = unchanged({ version: 3, createdAt: 't', owner: 'alice' }, 1000);

    expect(
      [...Object.keys(names), ...Object.keys(values)].filter((alias) => !expression.includes(alias)),
    ).toEqual([]);
    expect(values).toEqual({ ':version': 3, ':createdAt': 't', ':owner': 'alice', ':now': 1000 });
  });
});
