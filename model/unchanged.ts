import type { Expression } from './expression.ts';
import { isGiven } from './given.ts';

/** What of a row tells whether it is still the one that was read. Its values may be plain, or in DynamoDB's form. */
export type ReadRow = {
  version?: unknown;
  createdAt?: unknown;
  owner?: unknown;
  referenced?: unknown; // part: validated-items
};

/**
 * That a row is still what was read. `createdAt` tells it from one that was deleted and created again, which counts its versions from 1
 * too; `owner` from one that a script gave to somebody else without counting; and a reference to it made since must not be forgotten.
 *
 * @param read null for a row that was not there
 * @param expiredBy the time by which it had expired, in the form of its values; null for a live one
 */
export function unchanged(read: ReadRow | null, expiredBy: unknown): Expression {
  if (!isGiven(read)) {
    return { expression: 'attribute_not_exists(#id)', names: { '#id': 'id' }, values: {} };
  }
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const clauses: string[] = [];
  const members: Record<string, unknown> = {
    version: read.version,
    createdAt: read.createdAt,
    owner: read.owner,
  };
  Object.keys(members).forEach((name) => {
    names[`#${name}`] = name;
    if (isGiven(members[name])) {
      clauses.push(`#${name} = :${name}`);
      values[`:${name}`] = members[name];
    } else {
      clauses.push(`attribute_not_exists(#${name})`);
    }
  });
  if (Object.keys(values).length === 0) {
    clauses.push('attribute_exists(#id)');
    names['#id'] = 'id';
  }
  // part: validated-items
  if (!read.referenced) {
    clauses.push('attribute_not_exists(#referenced)');
    names['#referenced'] = 'referenced';
  }
  // end: validated-items
  if (isGiven(expiredBy)) {
    clauses.push('#expiresAt <= :now');
    names['#expiresAt'] = 'expiresAt';
    values[':now'] = expiredBy;
  }
  return { expression: clauses.join(' AND '), names, values };
}
