/**
 * Units of work that helpers have done for the evaluation that runs (realm-meter.js); there is one at a time. Whoever calls a helper for code takes
 * them and has them counted.
 */
let units = 0;

export function addWork(more: number): void {
  units += more;
}

export function takeWork(): number {
  const taken = units;
  units = 0;
  return taken;
}
