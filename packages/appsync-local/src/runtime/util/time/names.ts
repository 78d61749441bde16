/** English texts of java.time for Locale.US. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Monday first, as in ISO 8601. */
export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'] as const;

/** Abbreviated to three letters, full or narrow: for 3, 4 and 5 pattern letters. */
export const styled = (name: string, count: number): string =>
  count >= 5 ? name.slice(0, 1) : count === 4 ? name : name.slice(0, 3);
