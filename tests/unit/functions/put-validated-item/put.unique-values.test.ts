import { describe, expect, test } from 'vitest';
import { ADMIN, ALICE, BOB, freshSku, product, written, refused, useTables } from '../harness/put-setup.ts';

const { put, putAs, storeClaim, claimsHeldBy } = useTables();

describe('unique values', () => {
  test('are won by exactly one of 20 racers, and the others are shown its item', async () => {
    const sku = freshSku();

    const answers = await Promise.all(Array.from({ length: 20 }, () => put({ payload: product({ sku }) })));

    const [winner] = answers.filter((answer) => 'item' in answer).map(written);
    const errors = answers.filter((answer) => 'error' in answer).map(refused);
    expect(errors).toHaveLength(19);
    for (const error of errors) {
      expect(error).toMatchObject({
        errorType: 'Conflict',
        data: winner,
        errorInfo: {
          expectedVersion: null,
          currentVersion: 0,
          violations: [
            { path: '/sku', rule: 'x-unique', message: `must be unique within the kind, "${sku}" is taken` },
          ],
        },
      });
    }
  });

  test('are free for others once the item changes or drops them', async () => {
    const [kept, dropped] = [freshSku(), freshSku()];
    const { id } = written(await put({ payload: product({ sku: kept, variants: [{ sku: dropped }] }) }));

    written(await put({ id, payload: product({ sku: kept }) }));
    const other = await put({ payload: product({ variants: [{ sku: dropped }] }) });
    const taken = await put({ payload: product({ sku: kept }) });

    expect(written(other).version).toBe(1);
    expect(refused(taken).errorType).toBe('Conflict');
    expect(await claimsHeldBy(id)).toEqual([`unique#product#/sku#"${kept}"`]);
  });

  test('move with the item to another kind', async () => {
    const payload = product();
    const { id } = written(await put({ payload }));

    written(await put({ id, kind: 'anything', payload: { code: 7 } }));

    expect(await claimsHeldBy(id)).toEqual(['unique#anything#/code#7']);
    expect(written(await put({ payload: { ...payload } })).version).toBe(1);
  });

  test('are not taken by a write that was refused', async () => {
    const sku = freshSku();

    const error = refused(await put({ payload: product({ sku, replaces: 'nowhere' }) }));

    expect(error.errorType).toBe('ValidationFailed');
    expect(written(await put({ payload: product({ sku }) })).version).toBe(1);
  });

  test('name every value taken, also in variants', async () => {
    const [a, b] = [freshSku(), freshSku()];
    await put({ payload: product({ sku: a, variants: [{ sku: b }] }) });

    const error = refused(
      await put({ payload: product({ sku: a, variants: [{ sku: freshSku() }, { sku: b }] }) }),
    );

    expect(error.errorInfo?.['violations']).toMatchObject([{ path: '/sku' }, { path: '/variants/1/sku' }]);
    expect(error.message).toContain('/sku, /variants/1/sku');
  });

  test('tell nothing of the item that holds them when it is somebody else’s', async () => {
    const sku = freshSku();
    const held = written(await putAs(ALICE, { payload: product({ sku }) }));

    const forBob = refused(await putAs(BOB, { payload: product({ sku }) }));
    const forAlice = refused(await putAs(ALICE, { payload: product({ sku }) }));
    const forAdmin = refused(await putAs(ADMIN, { payload: product({ sku }) }));

    expect(forBob.data).toBeNull();
    expect(JSON.stringify(forBob)).not.toContain(held.id);
    expect([forAlice.data, forAdmin.data]).toEqual([held, held]);
  });

  test('that an item lost to another by a clock ahead of ours do not block its next write', async () => {
    const sku = freshSku();
    const { id } = written(await put({ payload: product({ sku }) }));
    await storeClaim(`unique#product#/sku#"${sku}"`, 'other');

    const answer = await put({ id, payload: product() });

    expect(written(answer).version).toBe(2);
    expect(await claimsHeldBy('other')).toEqual([`unique#product#/sku#"${sku}"`]);
  });
});
