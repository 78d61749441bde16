import { describe, expect, test } from 'vitest';
import { NOW, freshSku, product, written, refused, useTables } from './put-setup.ts';

const { put } = useTables();

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

  test('to the item itself hold once it is written', async () => {
    const item = written(await put({ id: 'self', payload: product({ replaces: 'self' }) }));

    expect(item.version).toBe(1);
  });
});
