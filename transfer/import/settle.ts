import { MAX_ACTIONS } from '../../model/limits.ts';
import { type Parsed, referencesIn, type Row } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import { isConstrained, isExpired } from './plan.ts';
import { putRow } from './put-row.ts';
import { rowOver, sameRow } from './same-row.ts';
import type { Counts } from './state.ts';
import { insertRows, insertTogether, readRow, readRows, type Tables } from './tables.ts';

export const ON_CONFLICT = ['fail', 'skip', 'replace'] as const;
/** How to treat a line whose id belongs to a different item. */
export type OnConflict = (typeof ON_CONFLICT)[number];

export interface Entry extends Parsed {
  /** `line 3`. */
  place: string;
}

/** The outcome of an entry; `why`, for people, when it was refused. */
export interface Settled {
  outcome: keyof Counts;
  why?: string;
  unmarked?: boolean;
}

/** How often other writers may change an item between reading and writing it. */
const ATTEMPTS = 20;

const epochSeconds = (): number => Math.floor(Date.now() / 1000);

/** Whether the entry needs its own transaction. */
export const goesAlone = ({ row }: Entry): boolean => isConstrained(row);

/** DynamoDB accepts so many statements (API, BatchExecuteStatement), and so many actions of a transaction. */
const STATEMENTS = 25;

/** How many entries are written together at most. */
export const batchItems = ({ isLocal }: Tables): number => (isLocal ? MAX_ACTIONS : STATEMENTS);

/** Writes entries without claims and references. @returns one outcome for each, in order */
export async function settleTogether(
  tables: Tables,
  entries: readonly Entry[],
  onConflict: OnConflict,
): Promise<Settled[]> {
  const rows = entries.map(({ row }) => row);
  if (tables.isLocal && (await insertTogether(tables, rows))) {
    return entries.map(() => ({ outcome: 'created' }));
  }
  const settled: Settled[] = [];
  for (let first = 0; first < entries.length; first += STATEMENTS) {
    settled.push(...(await settleEach(tables, entries.slice(first, first + STATEMENTS), onConflict)));
  }
  return settled;
}

async function settleEach(
  tables: Tables,
  entries: readonly Entry[],
  onConflict: OnConflict,
): Promise<Settled[]> {
  const inserted = await insertRows(
    tables,
    entries.map(({ row }) => row),
  );
  const there = entries.filter((_, index) => inserted[index] === 'exists');
  const existing = await readRows(
    tables,
    there.map(({ id }) => id),
  );
  return Promise.all(
    entries.map((entry, index): Promise<Settled> | Settled => {
      const outcome = inserted[index]!;
      if (outcome === 'created') {
        return { outcome };
      }
      if (outcome === 'exists') {
        return settle(tables, entry, onConflict, existing.get(entry.id));
      }
      return { outcome: 'refused', why: outcome.refused };
    }),
  );
}

/** Writes one entry with its claims and references. @param known The existing row, if it was read. */
export async function settle(
  tables: Tables,
  entry: Entry,
  onConflict: OnConflict,
  known: Row | undefined,
): Promise<Settled> {
  let existing = known;
  for (let round = 0; round < ATTEMPTS; round += 1) {
    const now = epochSeconds();
    const live = existing !== undefined && !isExpired(existing, now);
    if (live && sameRow(entry.row, entry.filled, existing!)) {
      // A killed import may have written it without marking what it refers to.
      return { outcome: 'unchanged', unmarked: referencesIn(entry.row).length > 0 };
    }
    if (live && onConflict === 'skip') {
      return { outcome: 'kept' };
    }
    if (live && onConflict === 'fail') {
      return { outcome: 'refused', why: takenId(existing!) };
    }
    const row = existing && live ? rowOver(entry.row, entry.filled, existing) : marked(entry.row, existing);
    const put = await putRow(tables, entry.id, row, existing, now);
    if (put.type === 'written') {
      return { outcome: live ? 'replaced' : 'created', unmarked: put.unmarked };
    }
    if (put.type === 'refused') {
      return { outcome: 'refused', why: put.why };
    }
    existing = await readRow(tables, entry.id);
  }
  return { outcome: 'refused', why: 'other writers changed this item at each attempt; import it again' };
}

/** Whatever referred to an expired item refers to its replacement. */
const marked = (row: Row, existing: Row | undefined): Row =>
  existing?.['referenced']?.BOOL ? { ...row, referenced: { BOOL: true } } : row;

const takenId = (existing: Row): string =>
  `another item has this id (version ${existing['version']?.N}, updated ${shown(existing['updatedAt']?.S)}); ` +
  'pass --on-conflict replace or skip';
