import { type PutAnswer, throttled, validationFailed, valuesTaken, type Versions } from './answer.ts';
import type { Caller } from './caller.ts';
import { checkCurrent } from './check-current.ts';
import type { PutInput } from './check-input.ts';
import { checkWrite, tooLarge } from './check-write.ts';
import { type Claim, takenViolation } from './claims.ts';
import { isLive, type StoredItem, toItem } from './item.ts';
import { nextItem } from './next-item.ts';
import { plan } from './plan.ts';
import { readableBy, type ReadableItem } from './readable-item.ts';
import { missingViolations, type Reference } from './references.ts';
import { readItem, type Tables } from './tables.ts';
import { type Outcome, type Taken, transact } from './transact.ts';

/** A valid request: all that does not depend on what the tables hold. */
export interface Request {
  input: PutInput;
  caller: Caller;
  claims: readonly Claim[];
  references: readonly Reference[];
}

/** The attempt was overtaken and may be made again. */
export interface Overtaken {
  overtaken: true;
  /** The live item this attempt saw. */
  current: StoredItem | undefined;
  /** Claims another item holds by now. */
  lost: readonly string[];
  /** It met other transactions, and nothing that had changed. */
  busy: boolean;
}

interface Decided {
  request: Request;
  current: StoredItem | undefined;
  item: StoredItem;
  tables: Tables;
  now: number;
}

const versionsOf = ({ request, current }: Decided): Versions => ({
  expectedVersion: request.input.expectedVersion ?? null,
  currentVersion: current?.version ?? 0,
});

/** The item that has a value this caller wanted, null when the caller may not read it or it is gone by now. */
async function readHolder(
  { holder }: Taken,
  { request, tables, now }: Decided,
): Promise<ReadableItem | null> {
  const item = holder === undefined ? undefined : await readItem(tables, holder);
  return readableBy(request.caller, item, now);
}

/** Missing references break the rules of the kind; values that are merely taken are a conflict with another item. */
async function refuse(
  { taken, missing }: Extract<Outcome, { type: 'refused' }>,
  decided: Decided,
): Promise<PutAnswer> {
  const { kind } = decided.request.input;
  const violations = [
    ...missing.flatMap(missingViolations),
    ...taken.map(({ claim }) => takenViolation(claim)),
  ];
  const [first] = taken;
  if (missing.length > 0 || !first) {
    return validationFailed(kind, violations);
  }
  return valuesTaken(kind, violations, versionsOf(decided), await readHolder(first, decided));
}

function respond(outcome: Outcome, decided: Decided): Promise<PutAnswer> | PutAnswer | Overtaken {
  switch (outcome.type) {
    case 'written':
      return { item: toItem(decided.item) };
    case 'raced':
      return { overtaken: true, current: decided.current, lost: outcome.lost, busy: outcome.busy };
    case 'refused':
      return refuse(outcome, decided);
    case 'throttled':
      return throttled();
    case 'too large':
      return tooLarge(decided.item);
  }
}

/**
 * Reads the item, decides, and writes on the condition that what was read still holds. An expired item is as good as none.
 *
 * @param lost claims earlier attempts found in the hands of other items
 * @param now epoch milliseconds
 */
export async function attempt(
  request: Request,
  tables: Tables,
  lost: ReadonlySet<string>,
  now: number,
): Promise<PutAnswer | Overtaken> {
  const { input, caller, claims, references } = request;
  const read = await readItem(tables, input.id);
  const current = read && isLive(read, now) ? read : undefined;
  const refusal = checkCurrent(input, caller, current, now);
  if (refusal) {
    return refusal;
  }
  const item = nextItem(input, caller, { read, current }, claims, references, now);
  const actions = plan({ item, read, caller, claims, references, lost, now }, tables);
  const obstacle = checkWrite(item, actions);
  if (obstacle) {
    return obstacle;
  }
  return respond(await transact(actions, tables.client), { request, current, item, tables, now });
}
