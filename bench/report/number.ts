/** Three significant digits, thousands apart: `1,320`, `24.7`, `0.85`. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  if (value === 0) {
    return '0';
  }
  const rounded = Number(value.toPrecision(3));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** @param cell null is what JSON has kept of a figure that could not be had */
export const cellText = (cell: string | number | null): string =>
  typeof cell === 'string' ? cell : numberText(cell ?? NaN);
