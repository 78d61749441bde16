import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';

const KIND = 'schema/kinds/order.schema.json';
const REGISTRY = 'model/kinds/rules/registry.ts';

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Order',
  type: 'object',
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

adopt(
  'a kind with a reference and a rule is its schema, the rule and its name',
  async ({ copy, does, isRefused }) => {
    copy.write(KIND, JSON.stringify(order, null, 2));
    await isRefused('codegen', () => copy.script('codegen'), 'x-rules names rule "total"; there are gtin');
    copy.write('model/kinds/rules/total.ts', RULE);
    copy.edit(
      REGISTRY,
      /^import type \{ Rule \}.*$/,
      (found) => `${found}\nimport { total } from './total.ts';`,
    );
    copy.edit(REGISTRY, '{ gtin };', () => '{ gtin, total };');
    copy.write('tests/api/orders.test.ts', TEST);

    await does('codegen', () => copy.script('codegen'));
    await does('typecheck', () => copy.script('typecheck'));
    await does('tests', () =>
      copy.test(
        ['api (memory)', 'unit', 'infra'],
        'api/orders.test',
        'api/validated-items.test',
        'unit/schema/generate-validators.test',
        'unit/functions/put-validated-item/put.refused-input.test',
        'infra/put-validated-item.test',
      ),
    );

    expect(copy.edited).toEqual([REGISTRY, 'model/kinds/rules/total.ts', KIND, 'tests/api/orders.test.ts']);
  },
);
