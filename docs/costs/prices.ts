import list from '../prices.json' with { type: 'json' };

/** A list price and where it was read. */
export interface Price {
  usd: number;
  /** How many units `usd` buys. */
  per: number;
  unit: string;
  /** The AWS page that has it. */
  page: string;
  source: string;
  /** An ISO date, `undated`, or `not re-read`. */
  sourceDate: string;
}

export type PriceName = keyof typeof list.prices;

export const prices: Readonly<Record<PriceName, Price>> = list.prices;
export const { region, compiled } = list;

/** Dollars for a number of units. */
export const cost = (name: PriceName, units: number): number => (prices[name].usd * units) / prices[name].per;
