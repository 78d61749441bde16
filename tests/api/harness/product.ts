import { randomUUID } from 'node:crypto';

/** A stock keeping unit that no other product of any run holds. */
export const uniqueSku = (): string => `SKU-${randomUUID()}`.toUpperCase();

/** A valid product, changed where the test says so. */
export const product = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  sku: uniqueSku(),
  name: 'Marker, black',
  gtin: '4006381333931',
  price: { amountMinor: 199, currency: 'EUR' },
  ...more,
});
