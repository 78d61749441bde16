import type { Round } from './cost.ts';
import type { Extreme } from './extremes.ts';
import type { Sample } from './rounds.ts';
import type { SubscriptionSample } from './subscriptions.ts';
import type { SweepSample } from './sweep.ts';

/** What is measured, and how long. */
export interface GrowthPlan extends Round {
  tables: number[];
  payloads: number[];
  /** Items of each table that is measured by payload. */
  payloadItems: number;
  subscriptions: number[];
  rounds: number;
}

/** What was measured, as it is kept. */
export interface GrowthSamples {
  table: Sample[];
  starts: { size: number; startMs: number; server: number; engine: number }[];
  sweeps: SweepSample[];
  payload: Sample[];
  subscriptions: SubscriptionSample[];
  extremes: Extreme[];
}
