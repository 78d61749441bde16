import type { Caller } from '../../model/caller.ts';
import { inputRefusal } from '../../model/input.ts';
import type { ClientInput } from '../../model/item.ts';
import { isWellFormed, measured } from '../../model/kinds/text.ts';
import { MAX_NESTING } from '../../model/limits.ts';
import type { Refusal } from '../../model/refusals.ts';
import { brokenText, type Obstacle, obstacleIn, payloadRefusal, textsIn } from '../../model/storable.ts';

/** `PutValidatedItemInput` of the schema, its AWSJSON parsed. Null is as good as absent. */
export interface PutInput extends ClientInput {
  id: string;
  kind: string;
  /** Absent: the last writer wins. 0: create only. n: only if the current version is n. */
  expectedVersion?: number | null;
  /** Whom the item is to belong to, null for nobody; from callers that write everything only. Absent: as it is. */
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

/**
 * What is wrong with the input whatever its kind and whatever the tables hold; null when nothing is. `kind` need not be asked: none that is
 * registered is blank, too long or broken.
 */
export const checkInput = (
  { id, owner, expectedVersion, expiresAt, payload }: PutInput,
  caller: Caller,
): Refusal | null =>
  inputRefusal(
    {
      id: measured(id),
      owner: typeof owner === 'string' ? measured(owner) : null,
      expectedVersion: expectedVersion ?? null,
      expiresAt: expiresAt ?? null,
    },
    caller,
  ) ?? payloadRefusal(obstacle(payload));
