import { ItemKindsDocument, PutValidatedItemDocument } from '../../../schema/generated/operations.ts';
import { countryItems, type CountryItem } from '../../../transfer/seed/country-items.ts';
import { expectEqual } from '../expect.ts';
import { summarize } from '../latencies.ts';
import { milliseconds } from '../screen.ts';
import type { Tour } from '../step.ts';

/** Requests under way at once. */
const CONCURRENCY = 16;

/** Asks which kinds there are, then puts every country as a validated item. */
export async function putCountries(tour: Tour): Promise<void> {
  tour.screen.step('2 put');
  await askKinds(tour);
  await putAll(tour);
}

/** Twice: the Lambda function answers, and its first call waits for the cold start. */
async function askKinds({ api, screen }: Tour): Promise<void> {
  screen.sent('itemKinds, twice');
  const cold = await api.succeed('itemKinds', ItemKindsDocument, {}, 'Lambda cold start');
  const warm = await api.succeed('itemKinds', ItemKindsDocument, {});
  const kinds = warm.value.map(({ kind }) => kind).join(', ');
  screen.received(
    `${kinds}; ${milliseconds(cold.ms)} ms with the Lambda function's cold start, then`,
    warm.ms,
  );
}

async function putAll(tour: Tour): Promise<void> {
  const { screen } = tour;
  const countries = countryItems();
  screen.sent(
    `putValidatedItem: ${countries.length} countries of npm's world-countries, ${CONCURRENCY} at a time`,
  );
  const begun = performance.now();
  const queue = countries.values();
  const samples: number[] = [];
  const work = async (): Promise<void> => {
    for (const country of queue) {
      samples.push(await put(tour, country));
      screen.progress(`${samples.length} of ${countries.length}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));

  const ms = performance.now() - begun;
  const { count, p50, p99 } = summarize('putValidatedItem', samples);
  const each = `p50 ${milliseconds(p50)} ms, p99 ${milliseconds(p99)} ms`;
  screen.received(`${count} items in ${(ms / 1000).toFixed(2)} s; each ${each} (more environments start)`);
}

/** @returns its latency in ms */
async function put({ api }: Tour, input: CountryItem): Promise<number> {
  const { value, ms } = await api.succeed('putValidatedItem', PutValidatedItemDocument, { input });
  expectEqual(`version of ${input.id}`, value.version, 1);
  return ms;
}
