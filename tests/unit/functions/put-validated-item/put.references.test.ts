import { describe, expect, test } from 'vitest';
import {
  ADMIN,
  ALICE,
  API_KEY,
  BOB,
  freshSku,
  NOW,
  product,
  refused,
  useTables,
  written,
} from '../harness/put-setup.ts';

const { put, putAs, store, stored, referrersOf } = useTables();

const INVALID = { code: 'payload_invalid', retryable: false };

describe('references', () => {
  test('to a live item are accepted', async () => {
    const { id } = written(await put({ payload: product() }));

    const item = written(await put({ payload: product({ replaces: id }) }));

    expect(item.version).toBe(1);
  });

  test('to missing and expired items are violations, one each', async () => {
    await put({ id: 'gone', payload: product(), expiresAt: NOW / 1000 }, NOW - 1000);

    const error = refused(
      await put({ kind: 'anything', payload: { parents: ['never', 'gone', 'never', ' '] } }),
    );
    const together = refused(
      await put({ kind: 'anything', payload: { parents: ['never', 'gone', 'never'] } }),
    );

    expect(error.errorInfo).toEqual({
      ...INVALID,
      count: 1,
      violations: [
        {
          path: '/parents/3',
          rule: 'x-references',
          message: 'must be the id of an item, there is no item " "',
        },
      ],
    });
    expect(together).toMatchObject({
      errorType: 'ValidationFailed',
      message: 'payload breaks 3 rules of kind anything',
    });
    expect(together.errorInfo?.['violations']).toMatchObject([
      { path: '/parents/0', message: 'must be the id of an item, there is no item "never"' },
      { path: '/parents/2' },
      { path: '/parents/1' },
    ]);
  });

  test('that are missing are reported together with values that are taken', async () => {
    const sku = freshSku();
    await put({ payload: product({ sku }) });

    const error = refused(await put({ payload: product({ sku, replaces: 'nowhere' }) }));

    expect(error).toMatchObject({ errorType: 'ValidationFailed', data: null });
    expect(error.errorInfo?.['violations']).toMatchObject([
      { path: '/replaces', rule: 'x-references' },
      { path: '/sku', rule: 'x-unique' },
    ]);
  });

  test.each([
    ['a caller without an owner', API_KEY],
    ['another user', BOB],
  ])('to an item that %s may not read are as those to none', async (_, caller) => {
    const secret = written(await putAs(ALICE, { payload: product() }));
    const payloadTo = (id: string) => ({ parents: [id, 'never'] });

    const error = refused(await putAs(caller, { kind: 'anything', payload: payloadTo(secret.id) }));
    const none = refused(await putAs(caller, { kind: 'anything', payload: payloadTo('no-item') }));

    const shownAs = (id: string) => JSON.parse(JSON.stringify(error).replaceAll(secret.id, id)) as unknown;
    expect(shownAs('no-item')).toEqual(none);
    expect(await stored(secret.id)).not.toHaveProperty('referenced');
    expect(await referrersOf(secret.id)).toBe(0);
  });

  test.each([
    ['its own', ALICE, ALICE],
    ["nobody's", API_KEY, ALICE],
    ["anybody's, for who may read all", ALICE, ADMIN],
  ])('to %s item are accepted', async (_, owner, caller) => {
    const { id } = written(await putAs(owner, { payload: product() }));

    written(await putAs(caller, { payload: product({ replaces: id }) }));

    expect(await referrersOf(id)).toBe(1);
  });

  test('that stay are refused as well once their target is somebody else’s', async () => {
    const target = written(await put({ payload: product() }));
    const referrer = written(await putAs(BOB, { payload: product({ replaces: target.id }) }));
    written(await putAs(ADMIN, { id: target.id, payload: product(), owner: 'alice' }));

    const error = refused(await putAs(BOB, { id: referrer.id, payload: product({ replaces: target.id }) }));
    const freed = written(await putAs(BOB, { id: referrer.id, payload: product() }));

    expect(error).toMatchObject({ errorType: 'ValidationFailed', data: null });
    expect(error.errorInfo?.['violations']).toMatchObject([{ path: '/replaces', rule: 'x-references' }]);
    expect(freed.version).toBe(2);
    expect(await referrersOf(target.id)).toBe(0);
  });

  test('to the item itself hold once it is written', async () => {
    const item = written(await put({ id: 'self', payload: product({ replaces: 'self' }) }));

    expect(item.version).toBe(1);
  });
});

describe('an item that is referred to', () => {
  test('knows it, and who refers is counted in its row of the constraints table', async () => {
    const { id } = written(await put({ payload: product() }));
    const other = written(await put({ payload: product() }));
    const referrer = written(await put({ payload: product({ replaces: id }) }));

    const counted = await referrersOf(id);
    await put({ id: referrer.id, payload: product({ replaces: other.id }) });

    expect(counted).toBe(1);
    expect([await referrersOf(id), await referrersOf(other.id)]).toEqual([0, 1]);
    expect(await stored(id)).toMatchObject({ referenced: true, version: 1 });
    expect(await stored(referrer.id)).toMatchObject({ references: [other.id] });
  });

  test('stays known when it is written again, also anew after it expired', async () => {
    const { id } = written(await put({ payload: product() }));
    await put({ payload: product({ replaces: id }) });

    await put({ id, payload: product(), expiresAt: NOW / 1000 + 60 });
    const again = await stored(id);
    await put({ id, payload: product() }, NOW + 120_000);

    expect(again).toMatchObject({ referenced: true, version: 2 });
    expect(await stored(id)).toMatchObject({ referenced: true, version: 1 });
  });

  test('is not kept by an item that expires', async () => {
    const { id } = written(await put({ payload: product() }));

    await put({ payload: product({ replaces: id }), expiresAt: NOW / 1000 + 60 });

    expect(await referrersOf(id)).toBe(0);
    expect((await stored(id))?.referenced).toBeUndefined();
  });

  test('must be deletable in one transaction', async () => {
    const parents = Array.from({ length: 60 }, (_, n) => `parent-${n}`);
    for (const parent of parents) {
      await put({ id: parent, payload: product() });
    }

    const error = refused(await put({ kind: 'anything', payload: { parents } }));

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload' } });
    expect(error.message).toContain('payload takes 121 actions');
  });
});

describe('references to an item of a kind', () => {
  const referring = (id: string) => ({ kind: 'anything', payload: { product: id } });
  const missing = (id: string) => ({
    path: '/product',
    rule: 'x-references',
    message: `must be the id of an item of kind product, there is no such item "${id}"`,
  });

  test('are accepted, and keep it from becoming of another kind', async () => {
    const { id } = written(await put({ payload: product() }));
    const referrer = written(await put(referring(id)));

    const changed = refused(await put({ id, kind: 'anything', payload: {} }));
    const again = written(await put({ id, payload: product() }));
    await put({ id: referrer.id, kind: 'anything', payload: {} });
    const free = written(await put({ id, kind: 'anything', payload: {} }));

    expect(changed).toMatchObject({
      errorType: 'Conflict',
      message: `item ${id} cannot change its kind while 1 item refers to it; delete or change those first`,
      errorInfo: { currentVersion: 1, referrers: 1 },
      data: { id, kind: 'product' },
    });
    expect([again.version, free.version, free.kind]).toEqual([2, 3, 'anything']);
  });

  test('count anew once it has changed its kind', async () => {
    const { id } = written(await put({ payload: product() }));
    const { id: referrer } = written(await put(referring(id)));
    await put({ id: referrer, kind: 'anything', payload: {} });
    written(await put({ id, kind: 'anything', payload: {} }));

    written(await put({ kind: 'anything', payload: { parents: [id] } }));

    expect(await referrersOf(id)).toBe(1);
    expect(await stored(id)).toMatchObject({ referenced: true });
  });

  test.each([
    ['of another kind', ALICE, { kind: 'anything', payload: {} }],
    ['that the caller may not read', BOB, { payload: product() }],
  ])('to one %s are as those to none', async (_, caller, input) => {
    const { id } = written(await putAs(ALICE, input));

    const error = refused(await putAs(caller, referring(id)));
    const none = refused(await putAs(caller, referring('nothing')));

    expect(error.errorInfo).toEqual({ ...INVALID, count: 1, violations: [missing(id)] });
    expect(none.errorInfo).toEqual({ ...INVALID, count: 1, violations: [missing('nothing')] });
    expect(await stored(id)).not.toHaveProperty('referenced');
  });

  test('to an item without a kind are as those to none', async () => {
    await store({ id: 'plain', payload: 1, version: 1, createdAt: 't', updatedAt: 't' });

    const error = refused(await put(referring('plain')));

    expect(error.errorInfo).toEqual({ ...INVALID, count: 1, violations: [missing('plain')] });
  });

  test('hold the item to the kind also where another place takes any', async () => {
    const { id } = written(await put({ kind: 'anything', payload: {} }));

    const error = refused(await put({ kind: 'anything', payload: { parents: [id], product: id } }));

    expect(error.errorInfo?.['violations']).toMatchObject([{ path: '/parents/0' }, { path: '/product' }]);
  });

  test('to the item itself hold only where it is of that kind', async () => {
    const error = refused(await put({ id: 'itself', ...referring('itself') }));

    expect(error.errorInfo).toEqual({ ...INVALID, count: 1, violations: [missing('itself')] });
  });
});
