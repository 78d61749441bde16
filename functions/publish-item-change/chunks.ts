import { logsOf } from './logs-of.ts';
import type { Report } from './report.ts';

/** Reports for one log, in their order: no more than one transaction takes. */
export interface Chunk {
  log: string;
  reports: Report[];
}

/** DynamoDB accepts 100 actions in a transaction (API reference, TransactWriteItems) … */
const MAX_ACTIONS = 100;
/** … and 4 MB; a row takes about the bytes of its report, and 1 KB at most beside them. */
const MAX_BYTES = 3_000_000;
/** Beside the rows of its reports, a chunk takes an action for the counter of its log. */
const actionsOf = ({ reports }: Chunk): number => 1 + reports.length;

const bytesOf = ({ reports }: Chunk): number => reports.reduce((sum, { bytes }) => sum + bytes, 0);

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
    chunksOf(found).forEach((some, index) => {
      (rounds[index] ??= []).push({ log, reports: some });
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

function chunksOf(reports: readonly Report[]): Report[][] {
  const chunks: Report[][] = [];
  let bytes = 0;
  for (const report of reports) {
    bytes += report.bytes;
    const chunk = chunks.at(-1);
    if (chunk && chunk.length < MAX_ACTIONS - 1 && bytes <= MAX_BYTES) {
      chunk.push(report);
    } else {
      chunks.push([report]);
      bytes = report.bytes;
    }
  }
  return chunks;
}

/** Groups the chunks of different logs into as few transactions as they fit, each chunk into the first that has room for it. */
export function togetherIn(chunks: readonly Chunk[]): Chunk[][] {
  const transactions: { chunks: Chunk[]; actions: number; bytes: number }[] = [];
  for (const chunk of chunks) {
    const [actions, bytes] = [actionsOf(chunk), bytesOf(chunk)];
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
