import list from '../docs/prices.json' with { type: 'json' };
import type { Resource, Template } from './gate/template.ts';

type PriceName = keyof typeof list.prices;

/** What costs by the month, whether or not anybody calls, by its price in docs/prices.json. Everything else costs by use. */
const STANDING: Readonly<Record<string, [price: PriceName, count: (resource: Resource) => number][]>> = {
  // An alarm is charged for each metric that it looks at (CloudWatch pricing).
  'AWS::CloudWatch::Alarm': [['cloudWatchAlarm', metricsOf]],
  'AWS::CloudWatch::Dashboard': [['cloudWatchDashboard', () => 1]],
  'AWS::WAFv2::WebACL': [
    ['wafAcl', () => 1],
    ['wafRule', ({ Properties }) => listOf(Properties?.['Rules']).length],
  ],
};

/**
 * US dollars a month, by list prices.
 * @param template undefined for a stack that is not deployed
 */
export function standingCost(template: Template | undefined): number {
  return Object.values(template?.Resources ?? {})
    .flatMap((resource) =>
      (STANDING[resource.Type] ?? []).map(([name, count]) => {
        const { usd, per } = list.prices[name];
        return (usd / per) * count(resource);
      }),
    )
    .reduce((sum, cost) => sum + cost, 0);
}

/** For people: `Standing cost by list prices: $0.00 a month before, $8.30 after.` */
export const standingCostLine = (before: Template | undefined, after: Template): string =>
  `Standing cost by list prices: $${standingCost(before).toFixed(2)} a month before, $${standingCost(after).toFixed(2)} after; calls and data cost by use (docs/costs.md).`;

function metricsOf({ Properties }: Resource): number {
  const metrics = listOf(Properties?.['Metrics']).filter(
    (metric) => (metric as { MetricStat?: unknown }).MetricStat !== undefined,
  );
  return Math.max(1, metrics.length);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
