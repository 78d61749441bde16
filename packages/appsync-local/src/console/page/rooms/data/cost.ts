import { counted } from '../../../../ground/counted.ts';
import type { ItemPage } from './asks.ts';

const count = (many: number): string => many.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** `1 item`, `100,000 items`. */
export const itemsText = (many: number): string => counted(count(many), 'item');

/** What a page read and used, in words. */
export function unitsText({ operation, items, scanned, units }: ItemPage): string {
  const found =
    items.length === scanned ? itemsText(scanned) : `${count(items.length)} of ${count(scanned)} items read`;
  return `${operation}: ${found}, ${readUnitsText(units)}`;
}

const readUnitsText = (units: number): string => counted(count(units), 'read unit');

/**
 * What a Scan of the whole table would use and cost on AWS, in words; the same for each time it runs.
 * @param items of the table
 * @param usd for a read unit
 */
export function scanText({ scanned, units }: ItemPage, items: number, usd: number): string {
  if (scanned === 0) {
    return 'A Scan reads every item. With a partition key it is a Query, which reads only what it finds.';
  }
  const all = (units / scanned) * Math.max(items, scanned);
  const price = all * usd;
  const dollars =
    price < 0.0001 ? 'less than $0.0001' : `$${price < 1 ? price.toPrecision(2) : price.toFixed(2)}`;
  return `A Scan reads every item, also those that the filter leaves out. All ${itemsText(items)}: about ${readUnitsText(Math.ceil(all))}, ${dollars} on AWS on demand, each time. With a partition key it is a Query, which reads only what it finds.`;
}
