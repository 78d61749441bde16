/** The middle one of an odd number of values, the mean of the middle two of an even number. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** @param share 0 to 1; between two values it is interpolated */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low + (high - low) * (at - Math.floor(at));
}

/** Distance between the quarters, as a share of the median: how much rounds of one run differ. */
export function spread(values: number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
}

/** `±4 %`: half of the distance between the quarters. */
export const spreadText = (values: number[]): string => `±${Math.round(spread(values) * 50)} %`;

/** Median of the ratios of what was measured in the same round, so that a machine that slows down slows both. */
export function ratioOf(above: number[], below: number[]): number {
  return median(above.map((value, round) => value / below[round]!));
}
