import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../infra/paths.ts';

/** Names in docs/prices.json. */
type PriceName = 'appSyncOperation' | 'lambdaRequest' | 'lambdaArm64' | 'lambdaX8664';

/** Dated list prices: USD for `per` units. */
export interface Prices {
  compiled: string;
  region: string;
  prices: Record<PriceName, { usd: number; per: number }>;
}

/** null where the project has no list of prices. */
export function readPrices(): Prices | null {
  const file = join(root, 'docs', 'prices.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Prices) : null;
}

export const MEMORY_SIZES = [128, 512, 1024] as const;

/** Megabytes that come with one whole vCPU (AWS Lambda developer guide, "Configure Lambda function memory"). */
const WHOLE_VCPU_MB = 1769;

/** One invocation, measured here. Milliseconds. */
export interface Duration {
  /** From handing over the event to the answer. */
  total: number;
  /** Of that, waiting for DynamoDB. */
  waiting: number;
}

/**
 * What an invocation takes with a memory size, in milliseconds. Lambda gives CPU in proportion to memory, so what is not
 * waiting is stretched below one vCPU; that one vCPU is a core of this machine is an assumption.
 */
export function durationAt({ total, waiting }: Duration, memoryMb: number): number {
  const share = Math.min(1, memoryMb / WHOLE_VCPU_MB);
  return waiting + Math.max(0, total - waiting) / share;
}

/** USD per million warm invocations: requests and GB-seconds, each invocation billed in whole milliseconds. */
export function perMillion(
  { prices }: Prices,
  architecture: 'lambdaArm64' | 'lambdaX8664',
  memoryMb: number,
  durationMs: number,
): number {
  const unit = (name: PriceName): number => prices[name].usd / prices[name].per;
  const gigabyteSeconds = (memoryMb / 1024) * (Math.ceil(durationMs) / 1000);
  return 1e6 * (unit('lambdaRequest') + gigabyteSeconds * unit(architecture));
}

/** USD per million GraphQL operations, which a field costs whatever resolves it. */
export const operations = ({ prices }: Prices): number =>
  (1e6 * prices.appSyncOperation.usd) / prices.appSyncOperation.per;
