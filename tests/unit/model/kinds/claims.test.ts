import { describe, expect, test } from 'vitest';
import { claimsOf, takenViolation } from '../../../../model/kinds/claims.ts';
import type { Kind } from '../../../../model/kinds/kind.ts';
import { referencesOf, unusableReferences, wrongOwnReferences } from '../../../../model/kinds/references.ts';
import { canonicalJson } from '../../../../model/plain/canonical-json.ts';

const kind: Kind = {
  kind: 'thing',
  schema: {},
  validate: () => true,
  unique: ['/code', '/parts/*/code'],
  references: ['/parent', '/parts/*/parent'].map((path) => ({ path, kind: null })),
  rules: [],
};

const keys = (payload: unknown): string[] => claimsOf(kind, payload).map(({ pk }) => pk);

describe('claims', () => {
  test('have one key per pointer pattern and value', () => {
    const claims = claimsOf(kind, { code: 'a', parts: [{ code: 'a' }, {}, { code: 'b' }, { code: 'a' }] });

    expect(claims.map(({ pk, path }) => [pk, path])).toEqual([
      ['unique#thing#/code#"a"', '/code'],
      ['unique#thing#/parts/*/code#"a"', '/parts/3/code'],
      ['unique#thing#/parts/*/code#"b"', '/parts/2/code'],
    ]);
  });

  test('tell text from numbers, and take 0 and false for values', () => {
    expect([keys({ code: 1 }), keys({ code: '1' }), keys({ code: 0 }), keys({ code: false })].flat()).toEqual(
      ['unique#thing#/code#1', 'unique#thing#/code#"1"', 'unique#thing#/code#0', 'unique#thing#/code#false'],
    );
  });

  test('are not made for null and empty text', () => {
    expect(keys({ code: '', parts: [{ code: null }] })).toEqual([]);
  });

  test('are equal for objects that differ only in the order of their members', () => {
    expect(keys({ code: { a: 1, b: [{ d: 1, c: 2 }] } })).toEqual(
      keys({ code: { b: [{ c: 2, d: 1 }], a: 1 } }),
    );
  });

  test('say which value is taken when it is short', () => {
    const [short, long] = claimsOf(kind, { code: 'a', parts: [{ code: 'x'.repeat(100) }] }).map(
      takenViolation,
    );

    expect(short?.message).toBe('must be unique within the kind, "a" is taken');
    expect(long?.message).toBe('must be unique within the kind, its value is taken');
  });
});

test('canonical JSON sorts members by UTF-16 code units and keeps the order of lists', () => {
  const text = canonicalJson({ '€': 1, '\r': 2, 1: [3, null, 'ö"'], '😂': {}, '\ufb33': true });

  expect(text).toBe('{"\\r":2,"1":[3,null,"ö\\""],"€":1,"😂":{},"\ufb33":true}');
});

describe('references', () => {
  test('are each looked up once, and keep all their places', () => {
    const references = referencesOf(kind, { parent: 'a', parts: [{ parent: 'b' }, { parent: 'a' }] }, 'own');

    expect(references).toEqual([
      { id: 'a', kind: null, paths: ['/parent', '/parts/1/parent'] },
      { id: 'b', kind: null, paths: ['/parts/0/parent'] },
    ]);
  });

  test('leave out the item itself and what is no text', () => {
    expect(
      referencesOf(kind, { parent: 'own', parts: [{ parent: null }, { parent: 5 }, {}] }, 'own'),
    ).toEqual([]);
  });

  test('that no item can have are found without a look at the table', () => {
    const violations = unusableReferences(kind, {
      parent: ' ',
      parts: [{ parent: 'é'.repeat(1020) }, { parent: 'é'.repeat(1019) }, { parent: 'a' }],
    });

    expect(violations.map(({ path, message }) => [path, message])).toEqual([
      ['/parent', 'must be the id of an item, there is no item " "'],
      ['/parts/0/parent', 'must be an id of at most 2038 bytes to be referred to, not of 2040'],
    ]);
  });

  const ofKinds: Kind = {
    ...kind,
    references: [
      { path: '/any', kind: null },
      { path: '/author', kind: 'author' },
      { path: '/editor', kind: 'editor' },
      { path: '/thing', kind: 'thing' },
    ],
  };

  test('have the kind that any of their places asks for', () => {
    expect(referencesOf(ofKinds, { any: 'a', author: 'a', editor: 'b' }, 'own')).toEqual([
      { id: 'a', kind: 'author', paths: ['/any', '/author'] },
      { id: 'b', kind: 'editor', paths: ['/editor'] },
    ]);
  });

  test('to one item as of two kinds can be met by none', () => {
    expect(unusableReferences(ofKinds, { any: 'a', author: 'a', editor: 'a' })).toEqual([
      {
        path: '/editor',
        rule: 'x-references',
        message: 'must be the id of an item of kind editor, elsewhere it is one of kind author',
      },
    ]);
  });

  test('to the item itself are held to its own kind', () => {
    const violations = wrongOwnReferences(ofKinds, { any: 'own', author: 'own', thing: 'own' }, 'own');

    expect(violations.map(({ path, message }) => [path, message])).toEqual([
      ['/author', 'must be the id of an item of kind author, there is no such item "own"'],
    ]);
  });
});
