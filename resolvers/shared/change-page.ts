import { util, type Context } from '@aws-appsync/utils';
import { callerKey, type Caller } from '../../model/caller.ts';
import { CHANGE_MEMBERS, hasExpired, logsFor } from '../../model/change-log.ts';
import { isGiven } from '../../model/given.ts';
import type { ItemChange, QueryItemChangesArgs } from '../../schema/generated/schema.ts';
import { openSince, positionAt, sealCursor, type Positions } from './change-cursor.ts';
import { pageLimit } from './input.ts';

/** A row of the log. Items and their payloads are JSON text. */
export type LoggedChange = Omit<ItemChange, 'item' | 'previous'> & {
  log: string;
  position: string;
  /** The position of the change before this one in its log; `''` for the first. */
  prior: string;
  /** Bytes that the change takes as JSON. */
  bytes: number;
  item?: string;
  payload?: string;
  previous?: string;
  previousPayload?: string;
};

type LoggedItem = Record<string, unknown> & { expiresAt?: number };

type LogState = {
  log: string;
  /** Of the last change the caller has got. */
  position: string;
  /** There are changes after it that this page does not have. */
  more: boolean;
  /** The position of the first of them, as far as it was seen without a gap before it; else `''`. */
  next: string;
};

/** `ctx.stash` of the pipeline. */
export type ChangesStash = {
  logs: LogState[];
  /** Index of the log that is read next. */
  next: number;
  limit: number;
  /** What the page has so far, by position. */
  rows: LoggedChange[];
  /** Changes after this position may have others before them that are not read yet; `''` for none. */
  bound: string;
  nowMs: number;
  binding: string;
};

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
  ctx.stash.logs = names.map((log) => ({ log, position: positions[log], more: false, next: '' }));
  ctx.stash.next = 0;
  ctx.stash.limit = limit;
  ctx.stash.rows = [];
  ctx.stash.bound = '';
  ctx.stash.nowMs = nowMs;
  ctx.stash.binding = binding;
  return {};
}

/**
 * Takes in what was read of one log.
 * @param unread whether the log goes on after these rows
 */
export function takeInChanges(stash: ChangesStash, found: LoggedChange[], unread: boolean): void {
  const state = stash.logs[stash.next];
  stash.next += 1;
  const rows = withoutGap(found, state.position);
  if (unread && rows.length === found.length) {
    const last = rows.length > 0 ? rows[rows.length - 1].position : state.position;
    stash.bound = stash.bound === '' || last < stash.bound ? last : stash.bound;
  }
  state.more = unread || rows.length < found.length;
  stash.rows = withinPage(stash, merged([...stash.rows, ...rows]));
}

/**
 * The rows up to the first whose predecessor is not there: a Query sees the rows of a transaction that is just being committed in
 * any order, so what comes after a gap is left for the next read (docs/adr/0019).
 */
function withoutGap(rows: LoggedChange[], start: string): LoggedChange[] {
  let last = start;
  let whole = true;
  return rows.filter(({ prior, position }) => {
    whole = whole && prior <= last;
    last = position;
    return whole;
  });
}

/** In the order of their positions; positions are of one length, so text sorts them. */
function merged(rows: LoggedChange[]): LoggedChange[] {
  const byKey: Record<string, LoggedChange> = {};
  rows.forEach((row) => {
    byKey[`${row.position} ${row.log}`] = row;
  });
  return Object.keys(byKey)
    .sort()
    .map((key) => byKey[key]);
}

/** What of the rows has a place in the page, as far as is known by now. */
function withinPage({ logs, limit, bound }: ChangesStash, rows: LoggedChange[]): LoggedChange[] {
  let count = 0;
  let bytes = 0;
  let full = false;
  const left: Record<string, string> = {};
  const kept = rows.filter((row) => {
    count += 1;
    bytes += row.bytes;
    full =
      full || count > limit || (count > 1 && bytes > PAGE_BYTES) || (bound !== '' && row.position > bound);
    if (full && !left[row.log]) {
      left[row.log] = row.position;
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
  logs.forEach(({ log, position, more, next }) => {
    // A log whose next change is behind this page has none within it: it moves along, or it would grow too old while others are read.
    const passed = more ? (last < next ? last : '') : settled;
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

function toChange(row: LoggedChange, now: number): ItemChange {
  const item = itemIn(row.item);
  const previous = itemIn(row.previous);
  const omitted = row.payloadOmitted || hasExpired(item, previous, now);
  const change: Record<string, unknown> = {};
  CHANGE_MEMBERS.forEach((name) => {
    change[name] = row[name] ?? null;
  });
  change.payloadOmitted = omitted;
  change.item = item ? { ...item, payload: omitted ? null : payloadIn(row.item, row.payload) } : null;
  change.previous = previous
    ? { ...previous, payload: omitted ? null : payloadIn(row.previous, row.previousPayload) }
    : null;
  return change as ItemChange;
}

/** Rows that were written before 2026-11-30 have maps, and are kept for 7 days. */
function itemIn(item: string | undefined): LoggedItem | undefined {
  return typeof item === 'string' ? (JSON.parse(item) as LoggedItem) : (item as LoggedItem | undefined);
}

/** A payload beside a map is the value itself, which may be a text. */
function payloadIn(item: string | undefined, payload: string | undefined): unknown {
  return typeof item === 'string' && isGiven(payload) ? JSON.parse(payload) : (payload ?? null);
}
