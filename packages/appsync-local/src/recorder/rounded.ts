/** Milliseconds to the microsecond, which is as much as anybody can read. */
export const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
