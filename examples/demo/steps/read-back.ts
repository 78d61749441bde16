import countries from 'world-countries';
import { GetItemDocument, ListItemsByKindDocument } from '../../../schema/generated/operations.ts';
import { countryId } from '../../../transfer/seed/country-items.ts';
import { compactItem } from '../compact.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';

const CODE = 'CHE';
const LIMIT = 5;

/** Reads one country back, and a page of those put last. */
export async function readBack(tour: Tour): Promise<void> {
  tour.screen.step('3 read');
  await readOne(tour);
  await readPage(tour);
}

async function readOne({ api, screen }: Tour): Promise<void> {
  const id = countryId(CODE);
  screen.sent(`getItem {"id":"${id}"}`);
  const { value: item, ms } = await api.succeed('getItem', GetItemDocument, { id });
  const written = countries.find(({ cca3 }) => cca3 === CODE);
  expectEqual(`payload of ${id}`, JSON.parse(item?.payload ?? 'null'), written);
  if (item) {
    screen.received(compactItem(item, ['area']), ms);
  }
}

async function readPage({ api, screen }: Tour): Promise<void> {
  const variables = { kind: 'country', sortDirection: 'DESC', limit: LIMIT } as const;
  screen.sent(`listItemsByKind ${JSON.stringify(variables)}`);
  const { value: page, ms } = await api.succeed('listItemsByKind', ListItemsByKindDocument, variables);
  expectEqual('length of the page', page.items.length, LIMIT);
  expectEqual('whether there is a nextToken', typeof page.nextToken, 'string');
  const ids = page.items.map(({ id }) => id).join(' ');
  screen.received(`${ids} + nextToken`, ms);
}
