import { evaluate, NOW } from './evaluate.ts';

/** The first position of a millisecond. */
export const at = (epochMs: number): string => `${epochMs}000`;

export type Stash = Record<string, unknown> & {
  logs: { log: string; position: string; more: boolean }[];
  next: number;
};

export const begin = (identity: unknown, args: object = {}) =>
  evaluate('Query.itemChanges', { identity, arguments: { ...args } });

/** Rows of a log at these minutes before now, as they were written before 2026-11-30: a change each. Each follows the one before it. */
export const rows = (log: string, minutes: number[], more: object = {}) =>
  minutes.map((minute, index) => ({
    log,
    position: at(NOW - minute * 60_000),
    prior: index === 0 ? '' : at(NOW - minutes[index - 1]! * 60_000),
    bytes: 100,
    id: `${log} ${minute}`,
    type: 'CREATED',
    ...more,
  }));

/** A row of so many changes, the first at this position. */
export function packed(
  log: string,
  first: string,
  count: number,
  prior = '',
  more: object = {},
  bytes = 100,
) {
  const positions = Array.from({ length: count }, (_, index) => String(Number(first) + index));
  const lines = positions.map(
    (position) =>
      `${position} ${bytes} ${JSON.stringify({ id: `${log} ${position}`, type: 'CREATED', ...more })}`,
  );
  return { log, position: positions.at(-1)!, prior, changes: lines.join('\n') };
}

export type Row = ReturnType<typeof rows>[number] | ReturnType<typeof packed>;
