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
    return 'A Scan reads every item. With a partition key it is a Query, which reads only what it finds.';
  }
  const all = (units / scanned) * Math.max(items, scanned);
  const dollars = dollarsText(all * usd);
  return `A Scan reads every item, also those that the filter leaves out. All ${itemsText(items)}: about ${readUnitsText(Math.ceil(all))}, ${dollars} on AWS on demand, each time. With a partition key it is a Query, which reads only what it finds.`;
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
    ? `${limit}, whatever the table; beyond that requests are throttled (a hot partition).`
    : `${limit}. Writes of items with the same value in ${index} share the 1,000, and where the index is throttled, writes to the table are too.`;
}

/** What a look at other tables used here, and what it would be on AWS, in words. */
export function mentionsText(mentions: readonly { scanned: number; units: number }[], usd: number): string {
  const units = mentions.reduce((sum, one) => sum + one.units, 0);
  const scanned = mentions.reduce((sum, one) => sum + one.scanned, 0);
  return `Found by key and by a Scan of ${itemsText(scanned)}: ${readUnitsText(units)}, ${dollarsText(units * usd)} on AWS. There a Scan of large tables is no way to find them: give the app an index.`;
}
