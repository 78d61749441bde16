import { describe, expect, test } from 'vitest';
import { ALICE, BOB, NOW, freshSku, product, written, refused, useTables } from '../harness/put-setup.ts';

const { put, putAs, claimsHeldBy } = useTables();

describe('an expired item', () => {
  const expiresAt = NOW / 1000;

  test('counts as absent: version, createdAt and owner start anew', async () => {
    const { id } = written(await putAs(ALICE, { payload: product(), expiresAt }, NOW - 1000));

    const error = refused(await putAs(BOB, { id, payload: product(), expectedVersion: 1 }));
    const item = written(await putAs(BOB, { id, payload: product(), expectedVersion: 0 }));

    expect(error).toMatchObject({ errorType: 'Conflict', data: null, errorInfo: { currentVersion: 0 } });
    expect(item).toMatchObject({
      version: 1,
      owner: 'bob',
      createdAt: '2026-11-23T12:00:00.000Z',
      expiresAt: null,
    });
  });

  test('is still there a second before', async () => {
    const { id } = written(await putAs(ALICE, { payload: product(), expiresAt }, NOW - 2000));

    const error = refused(await putAs(BOB, { id, payload: product() }, NOW - 1000));

    expect(error.errorType).toBe('Unauthorized');
  });

  test('gives its values to the first who asks, and does not take them back', async () => {
    const sku = freshSku();
    const first = written(await put({ payload: product({ sku }), expiresAt }, NOW - 1000));

    const second = written(await put({ payload: product({ sku }) }));
    const back = refused(await put({ id: first.id, payload: product({ sku }), expiresAt }));
    const anew = written(await put({ id: first.id, payload: product() }));

    expect(back).toMatchObject({ errorType: 'Conflict', data: { id: second.id } });
    expect(anew.version).toBe(1);
    expect(await claimsHeldBy(second.id)).toHaveLength(1);
  });

  test('keeps its values from others for as long as a later write says', async () => {
    const sku = freshSku();
    const { id } = written(await put({ payload: product({ sku }), expiresAt }, NOW - 2000));

    written(await put({ id, payload: product({ sku }), expiresAt: expiresAt + 60 }, NOW - 1000));

    const soon = refused(await put({ payload: product({ sku }) }, NOW + 59_000));
    const late = written(await put({ payload: product({ sku }) }, NOW + 60_000));
    expect([soon.errorType, late.version]).toEqual(['Conflict', 1]);
  });
});
