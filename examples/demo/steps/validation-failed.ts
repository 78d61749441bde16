import { PutValidatedItemDocument } from '../../../schema/generated/operations.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';

interface Violation {
  path: string;
  rule: string;
  message: string;
}

/** Four faults: a space in the SKU, a wrong check digit, a price below nothing, and no name. */
const FAULTY_PRODUCT = {
  sku: 'PEN 1',
  gtin: '4006381333932',
  price: { amountMinor: -1, currency: 'EUR' },
};

const FAULTS = ['/gtin', '/name', '/price/amountMinor', '/sku'];

/** Puts a product that breaks four rules of its kind, and shows that all four come back at once. */
export async function validationFailed({ api, screen }: Tour): Promise<void> {
  screen.step('7 validate');
  screen.sent('putValidatedItem {"id":"product-1","kind":"product","payload":');
  screen.detail(`  ${JSON.stringify(FAULTY_PRODUCT)}}`);
  const input = { id: 'product-1', kind: 'product', payload: JSON.stringify(FAULTY_PRODUCT) };
  const { error, ms } = await api.refused('ValidationFailed', 'putValidatedItem', PutValidatedItemDocument, {
    input,
  });
  const { violations } = error.errorInfo as { violations: Violation[] };
  expectEqual('the violations', violations.map(({ path }) => path).sort(), FAULTS);
  screen.refused(`ValidationFailed ${error.message}`, ms);
  screen.table(
    ['path', 'rule', 'message'],
    violations.map(({ path, rule, message }) => [path, rule, message]),
  );
}
