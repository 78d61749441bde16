import { expiryProblem } from '../../model/expiry.ts';
import { badRequest, type Refusal } from './answer.ts';
import type { Kind } from './kind.ts';
import { MAX_KEY_BYTES, utf8Bytes } from './limits.ts';
import { obstacle } from './storable.ts';
import { hasUnpairedSurrogate } from './text.ts';
import { shown } from './violation.ts';

/** `PutValidatedItemInput` of the schema, its AWSJSON parsed. Null is as good as absent. */
export interface PutInput {
  id: string;
  kind: string;
  payload?: unknown;
  /** Absent: the last writer wins. 0: create only. n: only if the current version is n. */
  expectedVersion?: number | null;
  /** Epoch seconds. */
  expiresAt?: number | null;
  /** Whom the item is to belong to, null for nobody; the resolver lets only unrestricted callers give one. Absent: as it is. */
  owner?: string | null;
}

function checkId(id: string): Refusal | null {
  if (id.trim() === '') {
    return badRequest('id is required', 'id');
  }
  const bytes = utf8Bytes(id);
  if (bytes <= MAX_KEY_BYTES) {
    return null;
  }
  return badRequest(`id has ${bytes} bytes, the limit is ${MAX_KEY_BYTES}: choose a shorter one`, 'id');
}

/** `kind` need not be asked: none that is registered has one. */
function checkTexts({ id, owner }: PutInput): Refusal | null {
  for (const [field, text] of Object.entries({ id, owner })) {
    if (text && hasUnpairedSurrogate(text)) {
      return badRequest(`${field} holds an unpaired surrogate, which DynamoDB cannot store`, field);
    }
  }
  return null;
}

function checkExpectedVersion(expectedVersion: number | null): Refusal | null {
  if (expectedVersion === null || expectedVersion >= 0) {
    return null;
  }
  return badRequest(
    `expectedVersion is ${expectedVersion}; it must be 0 (create only) or more`,
    'expectedVersion',
  );
}

function checkExpiry(expiresAt: number | null): Refusal | null {
  const problem = expiresAt === null ? null : expiryProblem(expiresAt);
  return problem === null ? null : badRequest(problem, 'expiresAt');
}

function checkPayload(payload: unknown): Refusal | null {
  const found = obstacle(payload);
  return found === null ? null : badRequest(found.message, 'payload', found.path);
}

export function unknownKind(kind: string, kinds: ReadonlyMap<string, Kind>): Refusal {
  const registered = [...kinds.keys()].join(', ');
  return badRequest(`kind ${shown(kind) ?? 'given'} is not registered; there are ${registered}`, 'kind');
}

/** What is wrong with the input whatever its kind and whatever the tables hold; null when nothing is. */
export const checkInput = (input: PutInput): Refusal | null =>
  checkId(input.id) ??
  checkTexts(input) ??
  checkExpectedVersion(input.expectedVersion ?? null) ??
  checkExpiry(input.expiresAt ?? null) ??
  checkPayload(input.payload);
