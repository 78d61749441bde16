import type { Copy } from '../harness/copy.ts';

const KIND = 'schema/kinds/order.schema.json';
const REGISTRY = 'model/kinds/rules/registry.ts';

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Order',
  type: 'object',
  examples: [{ product: 'pen', lines: [1, 2] }],
  'x-references': [{ path: '/product', kind: 'product' }],
  'x-rules': [{ rule: 'total', path: '' }],
  required: ['product', 'lines'],
  properties: {
    product: { type: 'string', minLength: 1 },
    lines: { type: 'array', items: { type: 'number' } },
  },
};

/** Relies on the schema: it throws where there are no lines. */
const RULE = `import type { Rule } from './rule.ts';

/** An order is worth something. */
export const total: Rule = (value) =>
  (value as { lines: number[] }).lines.reduce((sum, line) => sum + line, 0) > 0 ? null : 'must add up to more than 0';
`;

const TEST = `import { expect, test } from 'vitest';
import { PutValidatedItemDocument } from '../../schema/generated/operations.ts';
import { fail, newId, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';

const input = (kind: string, payload: object) => ({ input: { id: newId(), kind, payload: JSON.stringify(payload) } });
const violations = async (payload: object) =>
  ((await fail(PutValidatedItemDocument, input('order', payload))).errorInfo as { violations: { rule: string }[] }).violations.map(({ rule }) => rule);

test('orders', async () => {
  const { putValidatedItem } = await succeed(PutValidatedItemDocument, input('product', product()));
  const { id } = putValidatedItem;
  const made = await succeed(PutValidatedItemDocument, input('order', { product: id, lines: [1] }));

  expect(made.putValidatedItem.kind).toBe('order');
  expect(await violations({ product: id })).toEqual(['required']);
  expect(await violations({ product: id, lines: [0] })).toEqual(['total']);
  expect(await violations({ product: made.putValidatedItem.id, lines: [1] })).toEqual(['x-references']);
});
`;

/** A kind `order` whose schema names a rule that is not there yet. */
export const addKind = (copy: Copy): void => copy.write(KIND, JSON.stringify(order, null, 2));

export function addRule(copy: Copy): void {
  copy.write('model/kinds/rules/total.ts', RULE);
  copy.edit(
    REGISTRY,
    /^import type \{ Rule \}.*$/,
    (found) => `${found}\nimport { total } from './total.ts';`,
  );
  copy.edit(REGISTRY, '{ gtin };', () => '{ gtin, total };');
}

export const testKind = (copy: Copy): void => copy.write('tests/api/orders.test.ts', TEST);
