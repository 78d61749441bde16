import { util } from '@aws-appsync/utils';
import { GRACE_MS, KEPT_DAYS, KEPT_MS, positionOf } from '../../model/change-log.ts';
import { isGiven } from '../../model/given.ts';
import { badRequest } from '../../model/refusals.ts';
import { raise } from './raise.ts';

/** Where each log is read on: the position of the last change that was read. */
export type Positions = Record<string, string>;

type Cursor = { binding: string; positions: Positions };

/** The first position of a millisecond (POSITIONS_PER_MS), none before 1970. */
export function positionAt(epochMs: number): string {
  return positionOf(`${Math.max(0, epochMs)}000`);
}

/** A cursor names the caller it was made for; its positions lead only into the logs of whoever reads. */
export function sealCursor(binding: string, positions: Positions): string {
  return util.base64Encode(JSON.stringify({ binding, positions }));
}

/**
 * Where to read from. Ends the field for a cursor of somebody else, for what is neither cursor nor duration, and for a place
 * whose changes are no longer kept. A cursor counts as long as the rows after it are surely there, an hour longer than a time back: one that
 * was given at the beginning of the log must lead on when the next page is asked for.
 */
export function openSince(
  since: string | null | undefined,
  logs: string[],
  binding: string,
  nowMs: number,
): Positions {
  const oldest = positionAt(nowMs - KEPT_MS);
  if (!since) {
    return everywhere(logs, oldest);
  }
  if (util.matches(DURATION, since) && util.matches(ENDS_IN_A_LENGTH, since)) {
    const from = positionAt(nowMs - durationMs(since));
    checkKept(from, oldest);
    return everywhere(logs, from);
  }
  const { positions } = openCursor(since, binding);
  const oldestRow = positionAt(nowMs - KEPT_MS - GRACE_MS);
  Object.values(positions).forEach((position) => checkKept(position, oldestRow));
  // A log that was added since the cursor was made begins where the oldest of the others is.
  const first = Object.values(positions).sort()[0] ?? oldest;
  const found: Positions = {};
  logs.forEach((log) => {
    found[log] = positions[log] ?? first;
  });
  return found;
}

function everywhere(logs: string[], position: string): Positions {
  const positions: Positions = {};
  logs.forEach((log) => {
    positions[log] = position;
  });
  return positions;
}

function checkKept(position: string, oldest: string): void {
  if (position < oldest) {
    raise(
      badRequest(
        'since_too_old',
        `since is older than the ${KEPT_DAYS} days that changes are kept; read the items anew with listItems, then itemChanges from PT5M`,
        'since',
      ),
    );
  }
}

/** ISO 8601, as far as it has one length: days, hours, minutes and seconds. */
const DURATION = '^P([0-9]{1,4}D)?(T([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,8}S)?)?$';

const ENDS_IN_A_LENGTH = '^.*[0-9][DHMS]$';

function durationMs(text: string): number {
  const days = partOf(text.slice(1).split('T')[0], 'D');
  const time = text.split('T')[1] ?? '';
  const hours = partOf(time, 'H');
  const minutes = partOf(time.split('H').slice(-1)[0], 'M');
  const seconds = partOf(time.split('H').slice(-1)[0].split('M').slice(-1)[0], 'S');
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** The number before a designator; 0 without one. */
function partOf(text: string, designator: string): number {
  return text.indexOf(designator) > 0 ? (JSON.parse(trimmed(text.split(designator)[0])) as number) : 0;
}

/** JSON knows no leading zeros. */
function trimmed(digits: string): string {
  return digits.split('').reduce((text, digit) => (text === '0' ? digit : text + digit), '0');
}

const CURSOR = '^[A-Za-z0-9+/]+={0,2}$';

function openCursor(since: string, binding: string): Cursor {
  const text = util.matches(CURSOR, since) ? util.base64Decode(since) : '';
  const opened = text.startsWith('{"binding":') ? (JSON.parse(text) as Partial<Cursor>) : {};
  const { positions } = opened;
  if (opened.binding !== binding || !isPositions(positions)) {
    raise(
      badRequest(
        'since_invalid',
        'since is neither a cursor that itemChanges gave this caller nor a time back such as PT5M, PT2H or P1D',
        'since',
      ),
    );
  }
  return opened as Cursor;
}

/** Until the year 2255. A Query between a later position and the last key of a log would be refused (LAST_KEY). */
const POSITION = '^[0-8][0-9]{15}$';

function isPositions(positions: unknown): boolean {
  return (
    typeof positions === 'object' &&
    isGiven(positions) &&
    Object.values(positions).every(
      (position) => typeof position === 'string' && util.matches(POSITION, position),
    )
  );
}
