import { util, type Context } from '@aws-appsync/utils';
import { callerKey, type Caller } from '../../model/caller.ts';
import { CHANGE_MEMBERS, hasExpired, logsFor } from '../../model/change-log.ts';
import { isGiven } from '../../model/given.ts';
import type { ItemChange, QueryItemChangesArgs } from '../../schema/generated/schema.ts';
import { openSince, positionAt, sealCursor, type Positions } from './change-cursor.ts';
import { pageLimit } from './input.ts';

/** A row of the log: changes that follow each other (docs/data-model.md). */
export type LogRow = {
  log: string;
  /** Of its last change. */
  position: string;
  /** The key of the row before this one in its log; `''` for the first. */
  prior: string;
  /** A line for each change: its position, the bytes that it takes as JSON, and the change as JSON. */
  changes: string;
};

/** A row of a single change, as they were written before 2026-11-30 and are kept for 7 days. */
type EarlierRow = Omit<LogRow, 'changes'> & LoggedMembers & { changes?: undefined; bytes: number };

/** Items have their payloads beside them. In earlier rows, items and payloads may be JSON text. */
type LoggedMembers = Omit<ItemChange, 'item' | 'previous'> & {
  item?: LoggedItem | string;
  payload?: unknown;
  previous?: LoggedItem | string;
  previousPayload?: unknown;
};

/** A change with its place in its log. Its JSON is parsed when the page is complete: most of what is read has no place there. */
type LoggedChange = { log: string; position: string; bytes: number } & (
  | { json: string }
  | (LoggedMembers & { json?: undefined })
);

type LoggedItem = Record<string, unknown> & { expiresAt?: number };

type LogState = {
  log: string;
  /** Of the last change the caller has got. */
  position: string;
  /** There are changes after it that this page does not have. */
  more: boolean;
  /** The position of the first of them, as far as it was seen without a gap before it; else `''`. */
  next: string;
  /** The log was read in full up to this key, as it was then; `''` if something is missing before it. */
  end: string;
};

/** `ctx.stash` of the pipeline. */
export type ChangesStash = {
  logs: LogState[];
  /** Index of the log that is read next. */
  next: number;
  limit: number;
  /** What the page has so far, by position. */
  rows: LoggedChange[];
  /** Changes after this position have no place in the page: it is full, or they may have others before them that are not read yet. `''` for none. */
  bound: string;
  nowMs: number;
  binding: string;
};

/**
 * Behind all keys: 16 digits that do not begin with a 9 until the year 2255. After the digits of a millisecond, behind all positions
 * in it, which have three more.
 */
const LAST_KEY = '9999';

/** Of a position: the digits of its millisecond. */
const MS_DIGITS = 13;

/** A page ends at this many bytes of changes, after one at least: answers of a resolver may have 5 MB (AppSync quotas). */
const PAGE_BYTES = 1_000_000;

/**
 * The position of a log that was read to its end moves up to this long ago, so that the cursor of a quiet log does not grow too old.
 * Far longer than the publisher may run (30 s), so that nothing can still come in before it.
 */
const SETTLED_MS = 15 * 60 * 1000;

export function beginChanges(ctx: Context<QueryItemChangesArgs>, caller: Caller): Record<string, never> {
  const limit = pageLimit(ctx.args.limit);
  const nowMs = util.time.nowEpochMilliSeconds();
  const binding = `itemChanges ${callerKey(caller)}`;
  const names = logsFor(caller);
  const positions = openSince(ctx.args.since, names, binding, nowMs);
  ctx.stash.logs = names.map((log) => ({ log, position: positions[log], more: false, next: '', end: '' }));
  ctx.stash.next = 0;
  ctx.stash.limit = limit;
  ctx.stash.rows = [];
  ctx.stash.bound = '';
  ctx.stash.nowMs = nowMs;
  ctx.stash.binding = binding;
  return {};
}

/**
 * The last key that can have a change for the page: the positions of a row are in one millisecond, so the first row after the bound is
 * looked for only there.
 */
export function lastKey({ logs, next, bound }: ChangesStash): string {
  if (bound === '') {
    return LAST_KEY;
  }
  const { position } = logs[next];
  return `${(bound < position ? position : bound).slice(0, MS_DIGITS)}${LAST_KEY}`;
}

/**
 * Takes in what was read of one log, up to its last key.
 * @param unread whether the log goes on after these rows, before that key
 */
export function takeInChanges(stash: ChangesStash, read: (LogRow | EarlierRow)[], unread: boolean): void {
  const state = stash.logs[stash.next];
  const isBounded = stash.bound !== '';
  const end = lastKey(stash);
  stash.next += 1;
  const rows = withoutGap(read, state.position, positionAt(stash.nowMs - SETTLED_MS));
  const isWhole = rows.length === read.length;
  if (unread && isWhole) {
    const last = rows.length > 0 ? rows[rows.length - 1].position : state.position;
    stash.bound = stash.bound === '' || last < stash.bound ? last : stash.bound;
  }
  state.more = unread || !isWhole || isBounded;
  state.end = isWhole && !unread ? end : '';
  stash.rows = withinPage(stash, merged([...stash.rows, ...changesIn(rows, state.position, stash.limit)]));
}

/**
 * The rows up to the first whose predecessor is not there: a Query sees the rows of a transaction that is just being committed in
 * any order, so what comes after a gap is left for the next read (docs/adr/0019). A predecessor from before `settled` will not come
 * any more: somebody has deleted it. Nobody would read on behind it.
 */
function withoutGap(rows: (LogRow | EarlierRow)[], start: string, settled: string): (LogRow | EarlierRow)[] {
  let last = start;
  let whole = true;
  return rows.filter(({ prior, position }) => {
    whole = whole && (prior <= last || prior < settled);
    last = position;
    return whole;
  });
}

/** The changes of rows after a position, which may be within the first: a page's limit of them, and one more at least, which has no place. */
function changesIn(rows: (LogRow | EarlierRow)[], after: string, limit: number): LoggedChange[] {
  const changes: LoggedChange[] = [];
  rows.forEach((row) => {
    const cut = changes.length > limit ? [] : changesOf(row);
    cut.filter(({ position }) => position > after).forEach((change) => changes.push(change));
  });
  return changes;
}

function changesOf(row: LogRow | EarlierRow): LoggedChange[] {
  const { log } = row;
  if (typeof row.changes !== 'string') {
    return [row];
  }
  return row.changes.split('\n').map((line) => {
    const start = line.indexOf('{');
    const [position, bytes] = line.slice(0, start).split(' ');
    return { log, position, bytes: JSON.parse(bytes) as number, json: line.slice(start) };
  });
}

/** In the order of their positions; positions are of one length, so text sorts them. */
function merged(changes: LoggedChange[]): LoggedChange[] {
  const byKey: Record<string, LoggedChange> = {};
  changes.forEach((change) => {
    byKey[`${change.position} ${change.log}`] = change;
  });
  return Object.keys(byKey)
    .sort()
    .map((key) => byKey[key]);
}

/** What of the changes has a place in the page, as far as is known by now. What has none bounds the page: nothing after it may overtake it. */
function withinPage(stash: ChangesStash, changes: LoggedChange[]): LoggedChange[] {
  const { logs, limit, bound } = stash;
  let count = 0;
  let bytes = 0;
  let full = false;
  const left: Record<string, string> = {};
  const kept = changes.filter((change) => {
    count += 1;
    bytes += change.bytes;
    full =
      full || count > limit || (count > 1 && bytes > PAGE_BYTES) || (bound !== '' && change.position > bound);
    if (full && !left[change.log]) {
      left[change.log] = change.position;
    }
    return !full;
  });
  logs.forEach((state) => {
    const first = left[state.log];
    if (first) {
      state.more = true;
      state.next = state.next === '' || first < state.next ? first : state.next;
    }
  });
  if (kept.length > 0 && kept.length < changes.length) {
    stash.bound = kept[kept.length - 1].position;
  }
  return kept;
}

export function changesResult(ctx: Context<QueryItemChangesArgs>): {
  changes: ItemChange[];
  cursor: string;
  hasMore: boolean;
} {
  const { logs, rows, nowMs, binding } = ctx.stash as ChangesStash;
  const settled = positionAt(nowMs - SETTLED_MS);
  const last = rows.length > 0 ? rows[rows.length - 1].position : '';
  const positions: Positions = {};
  logs.forEach(({ log, position, next, end }) => {
    // A log whose next change is behind this page has none within it: it moves along, or it would grow too old while others are read.
    // Where none was seen, one may still be on its way that is earlier than what other logs have.
    const passed = next === '' ? earlier(settled, end) : last < next ? last : '';
    positions[log] = position < passed ? passed : position;
  });
  rows.forEach(({ log, position }) => {
    positions[log] = position > positions[log] ? position : positions[log];
  });
  return {
    changes: rows.map((row) => toChange(row, nowMs / 1000)),
    cursor: sealCursor(binding, positions),
    hasMore: logs.some(({ more }) => more),
  };
}

/** The earlier of a position and a key, as a position. */
function earlier(position: string, key: string): string {
  return position < key ? position : key.slice(0, position.length);
}

function toChange(row: LoggedChange, now: number): ItemChange {
  const members = typeof row.json === 'string' ? (JSON.parse(row.json) as LoggedMembers) : row;
  const item = itemIn(members.item);
  const previous = itemIn(members.previous);
  const omitted = members.payloadOmitted || hasExpired(item, previous, now);
  const change: Record<string, unknown> = {};
  CHANGE_MEMBERS.forEach((name) => {
    change[name] = members[name] ?? null;
  });
  change.payloadOmitted = omitted;
  change.item = item ? { ...item, payload: omitted ? null : payloadIn(members.item, members.payload) } : null;
  change.previous = previous
    ? { ...previous, payload: omitted ? null : payloadIn(members.previous, members.previousPayload) }
    : null;
  return change as ItemChange;
}

function itemIn(item: LoggedItem | string | undefined): LoggedItem | undefined {
  return typeof item === 'string' ? (JSON.parse(item) as LoggedItem) : item;
}

/** A payload beside an item that is no text is the value itself, which may be a text. */
function payloadIn(item: LoggedItem | string | undefined, payload: unknown): unknown {
  return typeof item === 'string' && isGiven(payload) ? JSON.parse(payload as string) : (payload ?? null);
}
