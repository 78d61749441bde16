import { expect, it } from 'vitest';
import { generateKinds } from '../../../../schema/front-end/generate-kinds.ts';

const warnings: string[] = [];
const typesOf = (kinds: Record<string, object>) =>
  generateKinds(new Map(Object.entries(kinds)) as never, (text) => warnings.push(text));

it('names a type after its kind, in a file of its own', async () => {
  const files = await typesOf({
    'purchase-order': { title: 'Order', type: 'object' },
    a: { type: 'string' },
  });

  expect([...files.keys()]).toEqual(['kinds/a.ts', 'kinds/purchase-order.ts', 'kinds.ts']);
  expect(files.get('kinds/purchase-order.ts')).toContain('export interface PurchaseOrder');
  expect(files.get('kinds.ts')).toContain('"purchase-order": PurchaseOrder;');
});

it('follows a type that holds itself', async () => {
  const node = {
    type: 'object',
    properties: { next: { $ref: '#/$defs/node' } },
    additionalProperties: false,
  };

  const files = await typesOf({ list: { $ref: '#/$defs/node', $defs: { node } } });

  expect(files.get('kinds/list.ts')).toMatch(/next\?: Node/);
  expect(warnings).toEqual([]);
});

it('leaves a payload unknown, and says so, where a reference leads out of the schema', async () => {
  const files = await typesOf({ leak: { properties: { a: { $ref: 'file:///etc/hostname' } } } });

  expect(files.get('kinds/leak.ts')).toContain('export type Leak = unknown;');
  expect(warnings.splice(0)).toEqual([
    expect.stringMatching(/^kind leak: its JSON Schema has no translation/),
  ]);
});
