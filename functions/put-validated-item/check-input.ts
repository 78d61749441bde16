import type { Caller } from '../../model/caller.ts';
import { brokenMember, inputRefusal } from '../../model/input.ts';
import { type ClientInput, clientTexts } from '../../model/item.ts';
import { MAX_NESTING } from '../../model/limits.ts';
import { isWellFormed, measured } from '../../model/plain/measure.ts';
import type { Refusal } from '../../model/refusals.ts';
import { brokenText, type Obstacle, obstacleIn, payloadRefusal, textsIn } from '../../model/storable.ts';

/** `PutValidatedItemInput` of the schema, with parsed AWSJSON. Null means absent. */
export interface PutInput extends ClientInput {
  id: string;
  kind: string;
  /** Absent: the last writer wins. 0: only create. n: write only if the current version is n. */
  expectedVersion?: number | null;
  /** The new owner, null for none; only from callers that may write everything. Absent: unchanged. */
  owner?: string | null;
}

function obstacle(payload: unknown): Obstacle | null {
  const found = obstacleIn(payload, MAX_NESTING);
  if (found) {
    return found;
  }
  const broken = textsIn(payload, MAX_NESTING)
    .flat()
    .find(({ text }) => !isWellFormed(text));
  return broken ? brokenText(broken) : null;
}

function textRefusal(input: PutInput): Refusal | null {
  const broken = clientTexts(input).find(({ text }) => !isWellFormed(text));
  return broken ? brokenMember(broken.name) : null;
}

/**
 * What is wrong with the input, regardless of its kind and of the tables; null when nothing is. `kind` needs no check: no
 * registered one is blank, too long or malformed.
 */
export const checkInput = (input: PutInput, caller: Caller): Refusal | null =>
  inputRefusal(
    {
      id: measured(input.id),
      owner: typeof input.owner === 'string' ? measured(input.owner) : null,
      expectedVersion: input.expectedVersion ?? null,
      expiresAt: input.expiresAt ?? null,
    },
    caller,
  ) ??
  textRefusal(input) ??
  payloadRefusal(obstacle(input.payload));
