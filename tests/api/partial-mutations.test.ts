import { expect, test } from 'vitest';
import { graphql, newId } from './harness/api.ts';

const FIELDS = 'id version';

test('a mutation that fails leaves its neighbours their answers', async () => {
  const [first, second, third, fourth] = [newId(), newId(), newId(), newId()];

  const { data, errors } = await graphql<Record<string, unknown>, Record<string, string>>(
    `mutation Neighbours($first: ID!, $second: ID!, $third: ID!, $fourth: ID!) {
      a: putItem(input: { id: $first }) { ${FIELDS} }
      b: putItem(input: { id: " " }) { ${FIELDS} }
      c: updateItem(input: { id: $second }) { ${FIELDS} }
      d: putItems(input: { items: [{ id: $third, expectedVersion: 7 }] }) { items { ${FIELDS} } }
      e: deleteItem(input: { id: $fourth, expectedVersion: -1 }) { ${FIELDS} }
      f: updateItem(input: { id: $first, payload: "{}" }) { ${FIELDS} }
    }`,
    { first, second, third, fourth },
  );

  expect(data).toEqual({
    ...{ a: { id: first, version: 1 }, b: null, c: null, d: null, e: null },
    f: { id: first, version: 2 },
  });
  expect(errors?.map(({ path, errorInfo }) => [path, (errorInfo as { code: string }).code])).toEqual([
    [['b'], 'id_required'],
    [['c'], 'item_missing'],
    [['d'], 'version_differs'],
    [['e'], 'expected_version_out_of_range'],
  ]);
});
