import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRuntime } from '../../../../src/runtime/runtime.ts';
import { freshKey, startItems, type TestItems } from '../harness/items.ts';

const { containers } = createRuntime();
let items: TestItems;

beforeAll(async () => void (items = await startItems({ containers })));
afterAll(() => items.close());

const invoke = (request: unknown) => items.invoke(request);
const put = (key: object, attributeValues: object) => invoke({ operation: 'PutItem', key, attributeValues });

describe('a request', () => {
  test.each([
    { BOOL: 'true' },
    { NULL: false },
    { S: 1 },
    { N: true },
    { B: 1 },
    { SS: 'a' },
    { SS: [1] },
    { NS: [true] },
    { BS: [1] },
    { L: {} },
    { M: [] },
    { M: { a: 'untyped' } },
    { L: ['untyped'] },
    { X: 'x' },
    { S: 'x', N: '1' },
    {},
    'untyped',
    null,
  ])('is refused with %j as a typed value', async (value) => {
    const outcome = await put(freshKey(), { value });

    expect(outcome).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('$[attributeValues][value]') as string,
    });
  });

  test('is left as it was', async () => {
    const request = {
      operation: 'UpdateItem',
      key: freshKey(),
      update: {
        expression: 'SET #a = :a, #b = :b',
        expressionNames: { '#a': 'a', '#b': 'b' },
        expressionValues: {
          ':a': { M: { n: { N: 1 }, none: { NULL: null } } },
          ':b': { L: [{ S: 'x' }, { N: 2 }, { NULL: true }] },
        },
      },
      condition: {
        expression: '#c <> :c',
        expressionNames: { '#c': 'c' },
        expressionValues: { ':c': { N: 3 } },
      },
    };
    const before = structuredClone(request);

    const outcome = await invoke(request);

    expect(outcome).toMatchObject({ result: { a: { n: 1, none: null } }, error: null });
    expect(request).toStrictEqual(before);
  });
});

test('items and pages are made of the containers that the data source is given', async () => {
  const map = Object.getPrototypeOf(containers.map()) as object;
  const list = Object.getPrototypeOf(containers.list()) as object;
  const key = freshKey();
  await put(key, { inner: { M: {} } });
  const resultOf = async (operation: string, more: object = { key }): Promise<unknown> => {
    const outcome = await invoke({ operation, ...more });
    return outcome.kind === 'answered' ? outcome.result : outcome;
  };

  const update = { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } };
  const scanned = (await resultOf('Scan', {})) as { items: { inner?: object }[] };
  const items = [
    await resultOf('GetItem'),
    await resultOf('UpdateItem', { key, update }),
    await resultOf('DeleteItem'),
    scanned.items.find(({ inner }) => inner),
  ] as { inner: object }[];

  expect(Object.getPrototypeOf(scanned)).toBe(map);
  expect(Object.getPrototypeOf(scanned.items)).toBe(list);
  for (const item of items) {
    expect([item, item.inner].map((one) => Object.getPrototypeOf(one) as object)).toStrictEqual([map, map]);
  }
});
