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

const { put, putAs, stored, referrersOf } = useTables();

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
