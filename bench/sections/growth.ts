import { join } from 'node:path';
import { findEngineBinary } from '../../packages/appsync-local/src/database/engine-binary.ts';
import { filteredPage, get, pageOfAll, pageOfOwner, put } from '../growth/asked.ts';
import { measureExtremes } from '../growth/extremes.ts';
import { fill, itemsTable } from '../growth/fill.ts';
import { type Place, startPlace } from '../growth/place.ts';
import { byPayload, bySubscriptions, byTable, extremesTable } from '../growth/report.ts';
import { measureRounds } from '../growth/rounds.ts';
import type { GrowthPlan, GrowthSamples } from '../growth/samples.ts';
import { measureSubscriptions } from '../growth/subscriptions.ts';
import { measureSweep, type SweepSample } from '../growth/sweep.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

const FULL: GrowthPlan = {
  tables: [1_000, 10_000, 100_000, 1_000_000],
  payloads: [200, 4_000, 64_000, 390_000],
  payloadItems: 200,
  subscriptions: [10, 100, 1_000, 10_000],
  rounds: 3,
  connections: 4,
  milliseconds: 1_500,
};

const QUICK: GrowthPlan = {
  tables: [1_000, 10_000],
  payloads: [200, 64_000],
  payloadItems: 100,
  subscriptions: [10, 1_000],
  rounds: 1,
  connections: 4,
  milliseconds: 500,
};

export const growth: Section = { name: 'growth', title: 'How cost grows', slow: true, run: measure };

async function measure(context: BenchContext): Promise<SectionResult> {
  const engine = findEngineBinary();
  if (engine === null || process.platform !== 'linux') {
    const reason =
      'growth: it fills tables with the embedded engine and reads its CPU time from /proc (Linux)';
    return { tables: [], targets: [], plots: [], skipped: [reason], samples: null };
  }
  const plan = context.quick ? QUICK : FULL;
  const samples: GrowthSamples = {
    ...(await measureTables(context, plan, engine)),
    ...(await measurePayloads(context, plan, engine)),
  };
  const parts = [byTable(samples, plan), byPayload(samples), bySubscriptions(samples)];
  return {
    tables: [...parts.flatMap(({ tables }) => tables), extremesTable(samples)],
    targets: parts.flatMap(({ targets }) => targets),
    plots: parts.flatMap(({ plots }) => plots),
    skipped: [],
    samples,
  };
}

type TablePart = Pick<GrowthSamples, 'table' | 'starts' | 'sweeps'>;
type PayloadPart = Pick<GrowthSamples, 'payload' | 'subscriptions' | 'extremes'>;

const PAGE = 20;

async function measureTables(context: BenchContext, plan: GrowthPlan, engine: string): Promise<TablePart> {
  const sizes = plan.tables.map((items) => ({ size: items, items, payloadBytes: 200 }));
  return withPlaces(context, engine, sizes, async (places) => {
    const starts = places.map(({ size, startMs, memory }) => ({ size, startMs, ...memory() }));
    const asked = [put, get, pageOfAll(PAGE), pageOfOwner(PAGE), filteredPage(PAGE)];
    const table = await measureRounds(places, asked, plan, plan.rounds, context.progress);
    const sweeps: SweepSample[] = [];
    for (const place of places) {
      context.progress(`looking for expired items among ${place.items.toLocaleString('en-US')}`);
      sweeps.push(await measureSweep(place));
    }
    return { table, starts, sweeps };
  });
}

/** Small, because a reply of 20 × 390 KB is more than a resolver may answer. */
const PAYLOAD_PAGE = 5;

async function measurePayloads(
  context: BenchContext,
  plan: GrowthPlan,
  engine: string,
): Promise<PayloadPart> {
  const sizes = plan.payloads.map((bytes) => ({
    size: bytes,
    items: plan.payloadItems,
    payloadBytes: bytes,
  }));
  return withPlaces(context, engine, sizes, async (places) => {
    const asked = [put, get, pageOfAll(PAYLOAD_PAGE)];
    const payload = await measureRounds(places, asked, plan, plan.rounds, context.progress);
    const smallest = places[0]!;
    const { progress } = context;
    const subscriptions = await measureSubscriptions(smallest, plan.subscriptions, plan, progress);
    return { payload, subscriptions, extremes: await measureExtremes(smallest, plan, progress) };
  });
}

/** Fills a table for each size, starts a server on each, and stops them afterwards. */
async function withPlaces<Result>(
  { scratch, progress }: BenchContext,
  engine: string,
  sizes: Pick<Place, 'size' | 'items' | 'payloadBytes'>[],
  use: (places: Place[]) => Promise<Result>,
): Promise<Result> {
  const places: Place[] = [];
  try {
    progress('looking at the table');
    const table = await itemsTable(scratch);
    for (const size of sizes) {
      progress(
        `filling a table with ${size.items.toLocaleString('en-US')} items of ${size.payloadBytes} bytes`,
      );
      const directory = join(scratch, `${size.items}-${size.payloadBytes}`);
      await fill(directory, engine, table, size.items, size.payloadBytes);
      places.push(await startPlace(directory, size));
    }
    return await use(places);
  } finally {
    for (const place of places) {
      await place.stop();
    }
  }
}
