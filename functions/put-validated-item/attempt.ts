import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../model/caller.ts';
import { keptReferences } from '../../model/constraints.ts';
import { type StoredItem, toItem } from '../../model/item.ts';
import { type Claim, takenViolation } from '../../model/kinds/claims.ts';
import { missingViolations, type Reference } from '../../model/kinds/references.ts';
import { validationFailed, valuesTaken } from '../../model/kinds/refusals.ts';
import { type Moment, nextItem } from '../../model/next-item.ts';
import { readableBy, type ReadableItem } from '../../model/permissions.ts';
import {
  type Attempt,
  keptKindRefusal,
  type Refusal,
  versionsOf,
  writeRefusal,
} from '../../model/refusals.ts';
import { type PutAnswer, refused, throttledForNow } from './answer.ts';
import type { PutInput } from './check-input.ts';
import { checkWrite, tooLargeItem } from './check-write.ts';
import { plan } from './plan.ts';
import { readItem, type Tables } from './tables.ts';
import { type Outcome, type Taken, transact } from './transact.ts';

/** A valid request: everything that does not depend on the contents of the tables. */
export interface Request {
  input: PutInput;
  caller: Caller;
  claims: readonly Claim[];
  references: readonly Reference[];
}

/** Another writer was faster; the attempt may be repeated. */
export interface Overtaken {
  overtaken: true;
  /** The write, given what this attempt read. */
  seen: Attempt;
  /** What this attempt tried to write. */
  item: StoredItem;
  /** Claims that another item now holds. */
  lost: readonly string[];
  /** Only other transactions were in the way; nothing had changed. */
  busy: boolean;
}

/** What the attempts before found. */
export interface Earlier {
  /** Claims that other items hold. */
  lost: ReadonlySet<string>;
  /** What the last one tried to write; null before the first. */
  item: StoredItem | null;
}

interface Decided {
  request: Request;
  seen: Attempt;
  item: StoredItem;
  tables: Tables;
}

/** The item that holds a value this caller wanted; null when the caller may not read it or it no longer exists. */
async function readHolder({ holder }: Taken, { seen, tables }: Decided): Promise<ReadableItem | null> {
  const item = holder === undefined ? null : await readItem(tables, holder);
  return readableBy(seen.caller, item, seen.now);
}

/** Missing references break the rules of the kind; values that are merely taken are a conflict with another item. */
async function refuse(
  { taken, missing }: Extract<Outcome, { type: 'refused' }>,
  decided: Decided,
): Promise<Refusal> {
  const { kind } = decided.request.input;
  const violations = [
    ...missing.flatMap(missingViolations),
    ...taken.map(({ claim }) => takenViolation(claim)),
  ];
  const [first] = taken;
  if (missing.length > 0 || !first) {
    return validationFailed(kind, violations);
  }
  return valuesTaken(kind, violations, versionsOf(decided.seen), await readHolder(first, decided));
}

async function respond(outcome: Outcome, decided: Decided): Promise<PutAnswer | Overtaken> {
  switch (outcome.type) {
    case 'written':
      return { item: toItem(decided.item) };
    case 'raced':
      return {
        overtaken: true,
        seen: decided.seen,
        item: decided.item,
        lost: outcome.lost,
        busy: outcome.busy,
      };
    case 'referred to':
      return refused(keptKindRefusal(decided.seen, outcome.referrers));
    case 'refused':
      return refused(await refuse(outcome, decided));
    case 'throttled':
      return refused(throttledForNow());
    case 'too large':
      return refused(tooLargeItem(decided.item));
  }
}

/** The item with its claims and references. */
function validatedItem(
  { input, caller, claims, references }: Request,
  read: StoredItem | null,
  at: Moment,
): StoredItem {
  const keeps = keptReferences(
    references.map(({ id }) => id),
    input.expiresAt,
  );
  return {
    ...nextItem(input, caller, read, at),
    kind: input.kind,
    ...(claims.length > 0 && { claims: claims.map(({ pk }) => pk) }),
    ...(keeps.length > 0 && { references: keeps }),
  };
}

/**
 * Reads the item, decides, and writes on the condition that nothing read has changed. An expired item counts as missing.
 *
 * The last attempt may have succeeded although its condition failed. The SDK sends a transaction again when the answer is lost, and an
 * engine that has forgotten its request token then finds the item changed, by this very write. DynamoDB remembers tokens for ten
 * minutes (API reference, TransactWriteItems); the embedded engine forgets them when it is killed. So an item that is exactly what the
 * last attempt wrote, version and time included, is the answer.
 *
 * @param now epoch milliseconds
 */
export async function attempt(
  request: Request,
  tables: Tables,
  earlier: Earlier,
  now: number,
): Promise<PutAnswer | Overtaken> {
  const { input, caller, claims, references } = request;
  const at = { now: Math.floor(now / 1000), time: new Date(now).toISOString() };
  const read = await readItem(tables, input.id);
  if (earlier.item && isDeepStrictEqual(read, earlier.item)) {
    return { item: toItem(earlier.item) };
  }
  const { id, expectedVersion = null } = input;
  const seen: Attempt = { id, caller, expectedVersion, current: read, now: at.now };
  const refusal = writeRefusal(seen);
  if (refusal) {
    return refused(refusal);
  }
  const item = validatedItem(request, read, at);
  const actions = plan({ item, read, caller, claims, references, lost: earlier.lost, now: at.now }, tables);
  const obstacle = checkWrite(item, actions);
  if (obstacle) {
    return refused(obstacle);
  }
  return respond(await transact(actions, tables.client), { request, seen, item, tables });
}
