import { isDateTime } from '../../schema/date-time.ts';
import { TransferFailure } from '../transfer-failure.ts';

/** The times that a table can be restored to. */
export interface Window {
  table: string;
  earliest: Date;
  latest: Date;
}

/** Restores the latest time that all tables have. */
export const LATEST = 'latest';

/**
 * The second to restore all tables to. DynamoDB restores to a second (Developer Guide, "Point-in-time recovery").
 *
 * @param given ISO 8601 with an offset, or `latest`
 * @throws TransferFailure for another text, or with every table that cannot be restored to it
 */
export function momentOf(given: string, windows: readonly Window[]): Date {
  const latest = new Date(Math.min(...windows.map((window) => window.latest.getTime())));
  const moment = given === LATEST ? latest : timeOf(given);
  moment.setUTCMilliseconds(0);
  const outside = windows.filter(({ earliest, latest }) => moment < floor(earliest) || moment > latest);
  if (outside.length > 0) {
    const ranges = outside.map(
      ({ table, earliest, latest }) => `${table} from ${earliest.toISOString()} to ${latest.toISOString()}`,
    );
    throw new TransferFailure(`${moment.toISOString()} cannot be restored: there is ${ranges.join(', ')}`);
  }
  return moment;
}

function timeOf(given: string): Date {
  if (!isDateTime(given)) {
    throw new TransferFailure(
      `--at ${given} is not a time; pass one such as 2026-11-29T17:38:00Z, or ${LATEST}`,
    );
  }
  return new Date(given);
}

const floor = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);
