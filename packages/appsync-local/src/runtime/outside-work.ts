/**
 * Units of work that helpers have done for the running evaluation (realm-meter.js); only one runs at a time. Whoever calls a
 * helper for code takes the units and has them counted.
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
