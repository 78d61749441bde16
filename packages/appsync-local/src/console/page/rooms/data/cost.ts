import type { ItemPage } from '../../../../data/data-view.ts';
import { counted } from '../../../../ground/counted.ts';

const count = (many: number): string => many.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** `1 item`, `100,000 items`. */
export const itemsText = (many: number): string => counted(count(many), 'item');

/** What a page read and used, in words. */
export function unitsText({ operation, items, scanned, units }: ItemPage): string {
  const found =
    items.length === scanned ? itemsText(scanned) : `${count(items.length)} of ${count(scanned)} items read`;
  return `${operation}: ${found}, ${readUnitsText(units)}`;
}

function dollarsText(price: number): string {
  return price < 0.0001 ? 'less than $0.0001' : `$${price < 1 ? price.toPrecision(2) : price.toFixed(2)}`;
}

const readUnitsText = (units: number): string => counted(count(units), 'read unit');

/**
 * What a Scan of the whole table would use and cost on AWS, in words; the same for each time it runs.
 * @param items of the table
 * @param usd for a read unit
 */
export function scanText({ scanned, units }: ItemPage, items: number, usd: number): string {
  if (scanned === 0) {
    return 'A Scan reads every item. With a partition key, a Query reads only the items with that key.';
  }
  const all = (units / scanned) * Math.max(items, scanned);
  const dollars = dollarsText(all * usd);
  return `A Scan reads every item, including those that the filter leaves out. For all ${itemsText(items)} it uses about ${readUnitsText(Math.ceil(all))}, ${dollars} on AWS on demand, each time. With a partition key, a Query reads only the items with that key.`;
}

/**
 * What one partition key value can take on AWS, in words ("Best practices for designing and using partition keys effectively", DynamoDB
 * developer guide).
 * @param index empty for the table itself
 */
export function partitionText(index: string): string {
  const limit =
    'One partition key value serves at most 3,000 read units and 1,000 write units a second on AWS';
  return index === ''
    ? `${limit}, regardless of the size of the table; more requests are throttled (a hot partition).`
    : `${limit}. Writes of items with the same value in ${index} share the 1,000; if the index is throttled, so are writes to the table.`;
}

/** Units that the search in other tables used, and their price on AWS, in words. */
export function mentionsText(mentions: readonly { scanned: number; units: number }[], usd: number): string {
  const units = mentions.reduce((sum, one) => sum + one.units, 0);
  const scanned = mentions.reduce((sum, one) => sum + one.scanned, 0);
  return `Found by key and by a Scan of ${itemsText(scanned)}: ${readUnitsText(units)}, ${dollarsText(units * usd)} on AWS. For large tables there, use an index instead of a Scan.`;
}
