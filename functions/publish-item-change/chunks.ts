import { POSITIONS_PER_MS } from '../../model/change-log.ts';
import { logsOf } from './logs-of.ts';
import type { Report } from './report.ts';

/** Reports for one log, in their order: no more than one transaction takes. */
export interface Chunk {
  log: string;
  /** The reports of each row. */
  rows: Report[][];
}

/**
 * Bytes of reports in a row, unless a single one has more. DynamoDB rounds a row up to the next KB, so larger rows save little more; but a
 * reader pays for the rows that it asks for, one for each place in its page, however many changes they have.
 */
export const MAX_ROW_BYTES = 8_000;

/** DynamoDB accepts 100 actions in a transaction (API reference, TransactWriteItems) … */
const MAX_ACTIONS = 100;
/** … and 4 MB; a row takes about the bytes of its reports, and 3 KB at most beside them: an owner may have 2 KB. */
const MAX_BYTES = 3_000_000;
/** Beside its rows, a chunk takes an action for the counter of its log. */
const actionsOf = ({ rows }: Chunk): number => 1 + rows.length;

const bytesOf = (reports: readonly Report[]): number => reports.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Splits reports by log, and those of each log into chunks. A round has at most one chunk of each log, and comes after the rounds
 * before it.
 */
export function roundsOf(
  reports: readonly Report[],
  isNew: (log: string, report: Report) => boolean,
): Chunk[][] {
  const rounds: Chunk[][] = [];
  for (const [log, found] of byLog(reports, isNew)) {
    chunksOf(rowsOf(found)).forEach((rows, index) => {
      (rounds[index] ??= []).push({ log, rows });
    });
  }
  return rounds;
}

function byLog(
  reports: readonly Report[],
  isNew: (log: string, report: Report) => boolean,
): Map<string, Report[]> {
  const found = new Map<string, Report[]>();
  for (const report of reports) {
    for (const log of logsOf(report.change)) {
      if (!isNew(log, report)) {
        continue;
      }
      const known = found.get(log);
      if (known) {
        known.push(report);
      } else {
        found.set(log, [report]);
      }
    }
  }
  return found;
}

/** Puts what follows each other together for as long as there is room: `most` elements of `bytes`, or a single one. */
function together<T>(all: readonly T[], bytesOf: (one: T) => number, bytes: number, most: number): T[][] {
  const groups: T[][] = [];
  let taken = 0;
  for (const one of all) {
    const group = groups.at(-1);
    taken += bytesOf(one);
    if (group && group.length < most && taken <= bytes) {
      group.push(one);
    } else {
      groups.push([one]);
      taken = bytesOf(one);
    }
  }
  return groups;
}

/** Distributes the reports of a log over rows. */
export const rowsOf = (reports: readonly Report[]): Report[][] =>
  together(reports, ({ bytes }) => bytes, MAX_ROW_BYTES, POSITIONS_PER_MS);

const chunksOf = (rows: readonly Report[][]): Report[][][] =>
  together(rows, bytesOf, MAX_BYTES, MAX_ACTIONS - 1);

/** Groups the chunks of different logs into as few transactions as they fit, each chunk into the first that has room for it. */
export function togetherIn(chunks: readonly Chunk[]): Chunk[][] {
  const transactions: { chunks: Chunk[]; actions: number; bytes: number }[] = [];
  for (const chunk of chunks) {
    const [actions, bytes] = [actionsOf(chunk), bytesOf(chunk.rows.flat())];
    const fitting = transactions.find(
      (one) => one.actions + actions <= MAX_ACTIONS && one.bytes + bytes <= MAX_BYTES,
    );
    if (fitting) {
      fitting.chunks.push(chunk);
      fitting.actions += actions;
      fitting.bytes += bytes;
    } else {
      transactions.push({ chunks: [chunk], actions, bytes });
    }
  }
  return transactions.map((one) => one.chunks);
}
