import { describe, expect, test } from 'vitest';
import { changesOf } from '../../../../functions/publish-item-change/changes-of.ts';
import { NoItem } from '../../../../functions/publish-item-change/read-item.ts';
import { AT, image, item, order, record, SECONDS } from '../harness/records.ts';

const expired = { expiresAt: { N: String(SECONDS) } };
const BY_TIME_TO_LIVE = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
const NUMBER = '100000000000000000001';

test('an item that was not there is CREATED', () => {
  const written = image({
    kind: { S: 'product' }, // part: validated-items
    owner: { S: 'alice' },
    expiresAt: { N: '9' },
  });

  expect(changesOf(record(null, written))).toEqual([
    {
      type: 'CREATED',
      id: 'a',
      kind: 'product', // part: validated-items
      version: 1,
      at: AT,
      owner: 'alice',
      order: order(NUMBER),
      item: item({
        kind: 'product', // part: validated-items
        owner: 'alice',
        expiresAt: 9,
      }),
      previous: null,
      gap: null,
    },
  ]);
});

test('an item that was there is UPDATED, with what it was', () => {
  const changes = changesOf(record(image(), image({ version: { N: '2' }, payload: { S: 'new' } })));

  expect(changes).toMatchObject([
    {
      type: 'UPDATED',
      version: 2,
      owner: '',
      item: item({ version: 2, payload: { S: 'new' } }),
      previous: item(),
    },
  ]);
});

test('an item that is there no more is DELETED, with its last version', () => {
  const changes = changesOf(record(image({ version: { N: '7' } }), null));

  expect(changes).toMatchObject([
    { type: 'DELETED', version: 7, item: null, previous: item({ version: 7 }) },
  ]);
});

test('an item that time to live removed is EXPIRED; a service alone does not make it so', () => {
  const old = image(expired);

  expect(changesOf(record(old, null, BY_TIME_TO_LIVE))).toMatchObject([{ type: 'EXPIRED' }]);
  expect(changesOf(record(old, null))).toMatchObject([{ type: 'DELETED' }]);
  expect(
    changesOf(record(old, null, { userIdentity: { type: 'Service', principalId: 'replication' } })),
  ).toMatchObject([{ type: 'DELETED' }]);
});

describe('an item put over an expired one', () => {
  const recreated = image({ createdAt: { S: AT }, updatedAt: { S: AT } });

  test('is CREATED', () => {
    expect(changesOf(record(image({ ...expired, version: { N: '5' } }), recreated))).toMatchObject([
      { type: 'CREATED', version: 1, previous: null },
    ]);
  });

  test('is EXPIRED for an owner who loses it', () => {
    const old = image({ ...expired, owner: { S: 'alice' } });

    expect(changesOf(record(old, recreated))).toMatchObject([
      { type: 'EXPIRED', owner: 'alice', order: order(NUMBER, '#0') },
      { type: 'CREATED', owner: '', order: order(NUMBER, '#1') },
    ]);
  });

  test('an update in the second in which it expires is an update', () => {
    const updated = image({ ...expired, version: { N: '2' } });

    expect(changesOf(record(image(expired), updated))).toMatchObject([{ type: 'UPDATED' }]);
  });

  test('one that lives on is UPDATED though it was deleted and made anew', () => {
    const old = image({ expiresAt: { N: String(SECONDS + 1) } });

    expect(changesOf(record(old, recreated))).toMatchObject([{ type: 'UPDATED' }]);
  });
});

test('an item that changes hands is DELETED for the one and CREATED for the other', () => {
  const [old, now] = [image({ owner: { S: 'alice' } }), image({ owner: { S: 'bob' }, version: { N: '2' } })];

  expect(changesOf(record(old, now))).toMatchObject([
    {
      ...{ type: 'DELETED', owner: 'alice', version: 1, order: order(NUMBER, '#0'), item: null },
      previous: { owner: 'alice' },
    },
    {
      ...{ type: 'CREATED', owner: 'bob', version: 2, order: order(NUMBER, '#1'), previous: null },
      item: { owner: 'bob' },
    },
  ]);
  expect(order(NUMBER, '#0') < order(NUMBER, '#1')).toBe(true);
});

test('so is one that nobody had, or has any more', () => {
  const owned = image({ owner: { S: 'alice' } });

  expect(changesOf(record(image(), owned)).map(({ type, owner }) => [type, owner])).toEqual([
    ['DELETED', ''],
    ['CREATED', 'alice'],
  ]);
  expect(changesOf(record(owned, image())).map(({ type, owner }) => [type, owner])).toEqual([
    ['DELETED', 'alice'],
    ['CREATED', ''],
  ]);
});

describe('no change is', () => {
  test.each([
    ['a write of the same', image()],
    ['a mark that is never answered', image({ referenced: { BOOL: true }, claims: { L: [] } })],
  ])('%s', (_, now) => {
    expect(changesOf(record(image(), now))).toEqual([]);
  });
});

test('a script that leaves the version as it is still changes the item', () => {
  expect(changesOf(record(image(), image({ payload: { S: 'x' } })))).toMatchObject([
    { type: 'UPDATED', version: 1 },
  ]);
});

test('the order of a later record is greater, whatever the length of its number', () => {
  const of = (number: string) => changesOf(record(null, image(), { number }))[0]!.order;

  expect(of('99') < of('100')).toBe(true);
  expect(of('100') < of('100000000000000000000000000000000000000')).toBe(true);
});

describe('what is no item', () => {
  const without = (name: string) => {
    const { [name]: _, ...rest } = image();
    return rest;
  };

  test.each([
    ['no version', without('version'), 'attribute version must be a whole number (N)', 0],
    ['a version of text', image({ version: { S: '1' } }), 'version must be a whole number (N)', 0],
    ['half a version', image({ version: { N: '1.5' } }), 'version must be a whole number (N)', 0],
    ['a huge version', image({ version: { N: '3000000000' } }), 'of at most 2147483647; it is N', 0],
    ['no times', without('createdAt'), 'createdAt must be a time as text (S); it is nothing', 1],
    ['no time', image({ updatedAt: { S: '2026-02-30T00:00:00Z' } }), 'updatedAt must be a time', 1],
    ['a list for its kind', image({ kind: { L: [] } }), 'kind must be a text (S); it is L', 1], // part: validated-items
  ])('is reported without its item, and why: %s', (_, written, gap, version) => {
    const withoutItem = { id: 'a', version, item: null, gap: expect.stringContaining(gap) as string };

    expect(changesOf(record(null, written))).toEqual([
      expect.objectContaining({ type: 'CREATED', ...withoutItem }),
    ]);
    expect(changesOf(record(image(), written))).toEqual([
      expect.objectContaining({ type: 'UPDATED', ...withoutItem, previous: item() }),
    ]);
    expect(changesOf(record(written, null))).toEqual([
      expect.objectContaining({ type: 'DELETED', ...withoutItem, previous: null }),
    ]);
  });

  test.each([
    ['10000000000000000', null],
    ['1e30', null],
    ['1900000000.5', 1900000000],
    ['31556889864', 31556889864],
  ])('an expiry of %s is reported as %s, and the item with it', (N, expiresAt) => {
    const [change] = changesOf(record(null, image({ expiresAt: { N } })));

    expect(change!.item).toEqual(item({ expiresAt }));
    expect(change!.gap).toEqual(
      expiresAt === null ? 'attribute expiresAt must be a number (N) within 2^53; it is N' : null,
    );
  });

  test('becomes CREATED once it is one', () => {
    expect(changesOf(record(without('version'), image()))).toMatchObject([
      { type: 'CREATED', previous: null, item: item(), gap: null },
    ]);
  });

  test.each([
    ['an id', without('id')],
    ['an owner that can be read', image({ owner: { N: '1' } })],
  ])('is not reported without %s', (_, written) => {
    expect(() => changesOf(record(null, written))).toThrow(NoItem);
  });

  test('optional attributes may be NULL, and a payload may be missing', () => {
    const { payload: _, ...bare } = image({ owner: { NULL: true }, expiresAt: { NULL: true } });

    expect(changesOf(record(null, bare))).toMatchObject([
      { owner: '', item: item({ payload: { NULL: true } }) },
    ]);
  });

  test('a stream without images is our own mistake', () => {
    expect(() => changesOf({ dynamodb: { SequenceNumber: '1', ApproximateCreationDateTime: 1 } })).toThrow(
      'the stream must have NEW_AND_OLD_IMAGES',
    );
  });
});
