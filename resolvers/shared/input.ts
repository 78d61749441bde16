import type { Caller } from '../../model/caller.ts';
import { isGiven } from '../../model/given.ts';
import { brokenMember, inputRefusal, keyRefusal, limitOf, limitRefusal } from '../../model/input.ts';
import { type ClientInput, clientTexts } from '../../model/item.ts';
import type { Refusal } from '../../model/refusals.ts';
import { raise } from './raise.ts';
import { storableRefusal } from './storable.ts';
import { isWellFormed, measured } from './text.ts';

/** Ends the field for a text that cannot be an id. @param field the argument or input member that holds it */
export function checkId(id: string, field: string): void {
  raise(keyRefusal(measured(id), 'id', field));
}

/** The page size asked for, checked. */
export function pageLimit(limit: number | null | undefined): number {
  raise(limitRefusal(limit));
  return limitOf(limit);
}

/** What the inputs of all writes have in common. */
export type WriteInput = ClientInput & {
  id: string;
  expectedVersion?: number | null;
  owner?: string | null;
};

/** Why a write cannot be done whatever is stored; null when it can. */
export function writeInputRefusal(input: WriteInput, caller: Caller): Refusal | null {
  return memberRefusal(input, caller) || storableRefusal(input.payload);
}

/** The same for all but the payload. */
export function memberRefusal(input: WriteInput, caller: Caller): Refusal | null {
  const { id, owner, expectedVersion, expiresAt } = input;
  return (
    inputRefusal(
      {
        id: measured(id),
        owner: isGiven(owner) ? measured(owner) : null,
        expectedVersion: expectedVersion ?? null,
        expiresAt: expiresAt ?? null,
      },
      caller,
    ) || textRefusal(input)
  );
}

function textRefusal(input: WriteInput): Refusal | null {
  const [broken] = clientTexts(input).filter(({ text }) => !isWellFormed(text));
  return broken ? brokenMember(broken.name) : null;
}
