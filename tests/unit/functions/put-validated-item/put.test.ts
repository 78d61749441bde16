import { describe, expect, test } from 'vitest';
import countries from 'world-countries';
import type { Caller } from '../../../../model/caller.ts';
import { itemMembers } from '../../../../model/item.ts';
import {
  ADMIN,
  API_KEY,
  ALICE,
  BOB,
  NOW,
  product,
  written,
  refused,
  useTables,
} from '../harness/put-setup.ts';

const { put, putAs, putForgotten, stored, store, claimsHeldBy } = useTables();

describe('a write', () => {
  test('answers the item it created', async () => {
    const payload = product();

    const answer = await put({ id: 'created', payload });

    const members = Object.fromEntries(itemMembers().map((name) => [name, null]));
    expect(answer).toEqual({
      item: {
        ...members,
        id: 'created',
        kind: 'product',
        payload,
        version: 1,
        createdAt: '2026-11-23T12:00:00.000Z',
        updatedAt: '2026-11-23T12:00:00.000Z',
      },
    });
  });

  test('stores absent attributes as absent, never as null', async () => {
    await put({ id: 'sparse', kind: 'anything', payload: null });

    expect(await stored('sparse')).toEqual({
      id: 'sparse',
      kind: 'anything',
      payload: null,
      version: 1,
      createdAt: '2026-11-23T12:00:00.000Z',
      updatedAt: '2026-11-23T12:00:00.000Z',
    });
  });

  test('counts the version and keeps createdAt and owner on a replace', async () => {
    const first = written(await putAs(ALICE, { payload: product() }));

    const second = written(await putAs(ADMIN, { id: first.id, payload: product() }, NOW + 1500));

    expect(second).toMatchObject({
      version: 2,
      owner: 'alice',
      createdAt: first.createdAt,
      updatedAt: '2026-11-23T12:00:01.500Z',
    });
  });

  test.each([
    ['0', 0],
    ['false', false],
    ['empty text', ''],
    ['null', null],
    ['a fraction', 0.1],
    ['the largest whole number', -9007199254740991],
    ['a tiny number', -1.5e-120],
    ['empty containers', { list: [], map: {}, nested: [[{}]] }],
    ['a member named constructor', { constructor: 'x' }],
    ['text in any script', { 'ключ/~': '值 🇽🇰' }],
  ])('keeps %s', async (_, payload) => {
    const answer = await put({ kind: 'anything', payload });

    const { id, payload: answered } = written(answer);
    expect(answered).toEqual(payload);
    expect((await stored(id))?.payload).toEqual(payload);
  });

  test('takes all 250 countries unchanged, then none of them twice', async () => {
    const answers = await Promise.all(
      countries.map((payload) => put({ id: `country-${payload.cca3}`, kind: 'country', payload })),
    );
    const again = await put({ id: 'aruba-again', kind: 'country', payload: countries[0] });

    expect(answers.filter((answer) => 'item' in answer)).toHaveLength(250);
    expect((await stored('country-UNK'))?.payload).toEqual(countries.find(({ cca3 }) => cca3 === 'UNK'));
    expect(refused(again).errorInfo?.['violations']).toMatchObject([
      { path: '/cca2' },
      { path: '/cca3' },
      { path: '/ccn3' },
    ]);
  });

  test('turns a plain item into a validated one', async () => {
    await store({ id: 'plain', payload: 1, version: 4, createdAt: 'c', updatedAt: 'u' });

    const item = written(await put({ id: 'plain', payload: product(), expectedVersion: 4 }));

    expect(item).toMatchObject({ version: 5, kind: 'product', createdAt: 'c' });
  });
});

describe('a write that DynamoDB does and then refuses, since it was sent twice', () => {
  test.each([
    ['that expects nothing', {}],
    ['that expects no item', { expectedVersion: 0 }],
  ])('%s is written once, and answered', async (_, expected) => {
    const item = written(await putForgotten({ payload: product(), ...expected }));

    expect(item.version).toBe(1);
    expect((await stored(item.id))?.version).toBe(1);
    expect(await claimsHeldBy(item.id)).toHaveLength(1);
  });

  test('of an item that is there is one version more', async () => {
    const { id } = written(await put({ payload: product() }));

    const item = written(await putForgotten({ id, payload: product() }));

    expect(item.version).toBe(2);
    expect((await stored(id))?.version).toBe(2);
  });
});

describe('expectedVersion', () => {
  test('0 creates, and conflicts with the current item when there is one', async () => {
    const created = written(await put({ payload: product(), expectedVersion: 0 }));

    const error = refused(await put({ id: created.id, payload: product(), expectedVersion: 0 }));

    expect(error).toMatchObject({
      errorType: 'Conflict',
      data: created,
      errorInfo: { code: 'version_differs', retryable: false, expectedVersion: 0, currentVersion: 1 },
    });
  });

  test('n replaces version n and no other', async () => {
    const { id } = written(await put({ payload: product() }));

    const second = written(await put({ id, payload: product(), expectedVersion: 1 }));
    const error = refused(await put({ id, payload: product(), expectedVersion: 1 }));

    expect(second.version).toBe(2);
    expect(error).toMatchObject({ data: second, errorInfo: { expectedVersion: 1, currentVersion: 2 } });
    expect(error.data).not.toHaveProperty('claims');
  });

  test('n conflicts without data when there is no item', async () => {
    const error = refused(await put({ payload: product(), expectedVersion: 2 }));

    expect(error).toMatchObject({
      errorType: 'Conflict',
      data: null,
      errorInfo: { expectedVersion: 2, currentVersion: 0 },
    });
  });

  test('lets exactly one of 20 racers write version 2', async () => {
    const { id } = written(await put({ payload: product() }));

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => put({ id, payload: product(), expectedVersion: 1 })),
    );

    expect(answers.filter((answer) => 'item' in answer)).toHaveLength(1);
    const errors = answers.filter((answer) => 'error' in answer).map(refused);
    expect(errors.map(({ errorType, errorInfo }) => [errorType, errorInfo?.['currentVersion']])).toEqual(
      Array.from({ length: 19 }, () => ['Conflict', 2]),
    );
  });

  test('absent, racers for one item are all written, each with a version of its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => put({ id: 'raced', payload: product() })),
    );

    expect(answers.map((answer) => written(answer).version).sort()).toEqual([1, 2, 3, 4]);
    expect((await claimsHeldBy('raced')).length).toBe(1);
  });
});

describe('who may write', () => {
  test.each<[string, Caller, Caller, boolean]>([
    ['an API key may change an item without an owner', API_KEY, API_KEY, true],
    ['an API key may not change a user’s item', ALICE, API_KEY, false],
    ['a user may change its own item', ALICE, ALICE, true],
    ['a user may not change another user’s item', ALICE, BOB, false],
    ['a user may not change an item without an owner', API_KEY, ALICE, false],
    ['an admin may change any item', ALICE, ADMIN, true],
  ])('%s', async (_, creator, caller, allowed) => {
    const { id } = written(await putAs(creator, { payload: product() }));

    const answer = await putAs(caller, { id, payload: product(), expectedVersion: 9 });

    expect(refused(answer)).toMatchObject(
      allowed
        ? { errorType: 'Conflict', data: { id } }
        : {
            errorType: 'Unauthorized',
            message: `not allowed to write item ${id}`,
            data: null,
            errorInfo: { code: 'not_owner', retryable: false },
          },
    );
    expect((await stored(id))?.version).toBe(1);
  });

  test('a new item belongs to its creator', async () => {
    const item = written(await putAs(ALICE, { payload: product() }));

    expect(item.owner).toBe('alice');
  });
});
