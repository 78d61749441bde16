import { expect, it } from 'vitest';
import {
  mentionsText,
  partitionText,
  scanText,
  unitsText,
} from '../../../../../../src/console/page/rooms/data/cost.ts';

const page = { operation: 'Scan' as const, items: [], next: null, scanned: 50, units: 6.5 };

it('says what a page read and used', () => {
  expect(unitsText(page)).toBe('Scan: 0 of 50 items read, 6.5 read units');
  expect(unitsText({ ...page, items: [{}], scanned: 1, units: 1 })).toBe('Scan: 1 item, 1 read unit');
});

it('says what a Scan of all items would use and cost, from those that were read', () => {
  expect(scanText(page, 100_000, 0.125e-6)).toContain(
    'For all 100,000 items it uses about 13,000 read units, $0.0016 on AWS on demand, each time.',
  );
  expect(scanText(page, 100, 0.125e-6)).toContain('about 13 read units, less than $0.0001 on AWS');
  expect(scanText({ ...page, scanned: 0, units: 0.5 }, 0, 0.125e-6)).not.toContain('$');
});

it('says what one partition can take, and that an index holds its table back', () => {
  expect(partitionText('')).toContain('at most 3,000 read units and 1,000 write units a second');
  expect(partitionText('byKind')).toContain('if the index is throttled, so are writes to the table');
});

it('says what a look at other tables used', () => {
  const mentions = [
    { scanned: 10, units: 1.5 },
    { scanned: 2_000, units: 1_000 },
  ];
  expect(mentionsText(mentions, 0.125e-6)).toMatch(
    /^Found by key and by a Scan of 2,010 items: 1,001\.5 read units, \$0\.00013 on AWS\./,
  );
});
