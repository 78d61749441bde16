import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keptReferences } from '../../model/constraints.ts';
import { claimsOf } from '../../model/kinds/claims.ts';
import type { Kind } from '../../model/kinds/kind.ts';
import { referencesOf, wrongOwnReferences } from '../../model/kinds/references.ts';
import { validate } from '../../model/kinds/validate.ts';
import { kinds } from '../../schema/generated/kinds.js';
import { toPlain } from './attribute-value.ts';
import type { Row } from './row.ts';
import { shown, Unfit } from './unfit.ts';

const registered = new Map<string, Kind>(kinds.map((kind) => [kind.kind, kind]));

const listOf = (texts: readonly string[]): AttributeValue => ({ L: texts.map((S) => ({ S })) });

/**
 * The attributes `claims` and `references` that `putValidatedItem` would give the item: what the rules of its kind make of
 * its payload. An item that expires does not keep those it refers to.
 *
 * @param validated False takes a payload that breaks the rules.
 * @throws Unfit for a kind that is not registered, or with all violations
 */
export function constraintsOf(id: string, name: string, row: Row, validated: boolean): Row {
  const kind = registered.get(name);
  if (!kind) {
    throw new Unfit(
      `/kind: kind ${shown(name)} is not registered; there are ${[...registered.keys()].join(', ')}`,
    );
  }
  const payload = toPlain(row['payload'] ?? { NULL: true });
  const violations = validated ? [...validate(kind, payload), ...wrongOwnReferences(kind, payload, id)] : [];
  if (violations.length > 0) {
    const all = violations.map(({ path, message }) => `/payload${path}: ${message}`).join('; ');
    throw new Unfit(`the payload breaks the rules of kind ${name}: ${all}`);
  }
  const claims = claimsOf(kind, payload).map(({ pk }) => pk);
  const named = referencesOf(kind, payload, id).map((reference) => reference.id);
  const references = keptReferences(named, row['expiresAt']);
  return {
    ...(claims.length > 0 && { claims: listOf(claims) }),
    ...(references.length > 0 && { references: listOf(references) }),
  };
}
