import { claimKey } from '../constraints.ts';
import { canonicalJson } from '../plain/canonical-json.ts';
import type { Violation } from '../refusal-info.ts';
import { shown } from '../text.ts';
import type { Kind } from './kind.ts';
import { select } from './pointer.ts';

/** A unique value of a payload: while a live item holds it, no other item of the kind may have it. */
export interface Claim {
  /** Its key in the constraints table. */
  pk: string;
  /** JSON Pointer to the value in the payload. */
  path: string;
  value: unknown;
}

/** Null and "" say that there is no value; any number of items may have none. */
export const isEmpty = (value: unknown): boolean => value === null || value === '';

/** The values of a payload that are to be unique within the kind, each once. */
export function claimsOf({ kind, unique }: Kind, payload: unknown): Claim[] {
  const claims = unique.flatMap((pattern) =>
    select(payload, pattern)
      .filter(({ value }) => !isEmpty(value))
      .map(({ pointer, value }) => ({
        pk: claimKey(kind, pattern, canonicalJson(value)),
        path: pointer,
        value,
      })),
  );
  return [...new Map(claims.map((claim) => [claim.pk, claim])).values()];
}

/** The holder is not named: it may be somebody else's item. */
export const takenViolation = ({ path, value }: Claim): Violation => ({
  path,
  rule: 'x-unique',
  message: `must be unique within the kind, ${shown(value) ?? 'its value'} is taken`,
});
