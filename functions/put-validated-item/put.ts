import { busy, conflict, type PutAnswer, type Refusal, validationFailed } from './answer.ts';
import { attempt, type Overtaken, type Request } from './attempt.ts';
import type { Caller } from './caller.ts';
import { checkInput, type PutInput, unknownKind } from './check-input.ts';
import { checkClaims } from './check-write.ts';
import { claimsOf } from './claims.ts';
import type { Kind } from './kind.ts';
import { readableBy } from './readable-item.ts';
import { referencesOf } from './references.ts';
import type { Tables } from './tables.ts';
import { validate } from './validate.ts';

/** Attempts after the first. With full jitter they wait 0.4 s in all, on average. */
const RETRIES = 5;
const FIRST_PAUSE_MS = 25;

/** Random up to a bound that doubles each time (Amazon Builders' Library, "Timeouts, retries, and backoff with jitter"). */
const pause = (round: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_PAUSE_MS * 2 ** round));

/** Checks all that can be checked without the tables: the input, then the payload against the rules of its kind. */
function prepare(input: PutInput, caller: Caller, kinds: ReadonlyMap<string, Kind>): Request | Refusal {
  const refusal = checkInput(input);
  if (refusal) {
    return refusal;
  }
  const kind = kinds.get(input.kind);
  if (!kind) {
    return unknownKind(input.kind, kinds);
  }
  const payload = input.payload ?? null;
  const violations = validate(kind, payload);
  if (violations.length > 0) {
    return validationFailed(kind.kind, violations);
  }
  const claims = claimsOf(kind, payload);
  return checkClaims(claims) ?? { input, caller, claims, references: referencesOf(kind, payload, input.id) };
}

/** The attempt has asked whether the caller may write the item, before it was overtaken. */
function givenUp({ input, caller }: Request, overtaken: Overtaken, now: number): Refusal {
  const { current } = overtaken;
  if (overtaken.busy) {
    return busy();
  }
  return conflict(
    `item "${input.id}" or a value it wants is being written by others: gave up after ${RETRIES + 1} attempts, try again`,
    { expectedVersion: input.expectedVersion ?? null, currentVersion: current?.version ?? 0 },
    readableBy(caller, current, now),
  );
}

/** Tries until nobody comes between reading and writing. A version that was expected and is gone ends it as a Conflict. */
async function write(request: Request, tables: Tables, now: () => number): Promise<PutAnswer> {
  const lost = new Set<string>();
  for (let round = 0; ; round += 1) {
    const result = await attempt(request, tables, lost, now());
    if (!('overtaken' in result)) {
      return result;
    }
    if (round === RETRIES) {
      return givenUp(request, result, now());
    }
    for (const pk of result.lost) {
      lost.add(pk);
    }
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
    return 'error' in request ? request : write(request, tables, now);
  };
