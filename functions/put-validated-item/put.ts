import type { Caller } from '../../model/caller.ts';
import type { StoredItem } from '../../model/item.ts';
import { claimsOf } from '../../model/kinds/claims.ts';
import type { Kind } from '../../model/kinds/kind.ts';
import { referencesOf, wrongOwnReferences } from '../../model/kinds/references.ts';
import { claimsRefusal, unknownKind, validationFailed } from '../../model/kinds/refusals.ts';
import { conflict, type Refusal } from '../../model/refusals.ts';
import { busyForNow, type PutAnswer, refused } from './answer.ts';
import { attempt, type Overtaken, type Request } from './attempt.ts';
import { checkInput, type PutInput } from './check-input.ts';
import type { Tables } from './tables.ts';
import { validate } from './validate.ts';

/** Retries after the first attempt. With full jitter they wait 0.4 s in all, on average. */
const RETRIES = 5;
const FIRST_PAUSE_MS = 25;

/** Random up to a bound that doubles each time (Amazon Builders' Library, "Timeouts, retries, and backoff with jitter"). */
const pause = (round: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_PAUSE_MS * 2 ** round));

/** Checks everything that needs no tables: the input, then the payload against the rules of its kind. */
function prepare(input: PutInput, caller: Caller, kinds: ReadonlyMap<string, Kind>): Request | Refusal {
  const refusal = checkInput(input, caller);
  if (refusal) {
    return refusal;
  }
  const kind = kinds.get(input.kind);
  if (!kind) {
    return unknownKind(input.kind, [...kinds.keys()]);
  }
  const payload = input.payload ?? null;
  const violations = [...validate(kind, payload), ...wrongOwnReferences(kind, payload, input.id)];
  if (violations.length > 0) {
    return validationFailed(kind.kind, violations);
  }
  const claims = claimsOf(kind, payload);
  return (
    claimsRefusal(claims) ?? { input, caller, claims, references: referencesOf(kind, payload, input.id) }
  );
}

/** The refusal after every attempt was overtaken. */
const givenUp = ({ seen, busy }: Overtaken): Refusal => (busy ? busyForNow() : conflict(seen));

/** Repeats the attempt until no other writer intervenes. If the expected version is gone, it ends with a Conflict. */
async function write(request: Request, tables: Tables, now: () => number): Promise<PutAnswer> {
  const lost = new Set<string>();
  let item: StoredItem | null = null;
  for (let round = 0; ; round += 1) {
    const result = await attempt(request, tables, { lost, item }, now());
    if (!('overtaken' in result)) {
      return result;
    }
    if (round === RETRIES) {
      return refused(givenUp(result));
    }
    for (const pk of result.lost) {
      lost.add(pk);
    }
    item = result.item;
    await pause(round);
  }
}

export type Put = (input: PutInput, caller: Caller) => Promise<PutAnswer>;

/**
 * Writes validated items: checks, reads the current item, and writes item, unique values and reference checks in one
 * transaction.
 *
 * @param now epoch milliseconds
 */
export const makePut =
  (tables: Tables, kinds: ReadonlyMap<string, Kind>, now: () => number = Date.now): Put =>
  async (input, caller) => {
    const request = prepare(input, caller, kinds);
    return 'message' in request ? refused(request) : write(request, tables, now);
  };
