import { isRecord } from '../ground/record.ts';
import { compileConditions, type Holds } from './conditions.ts';
import { type Matches, wildcards } from './wildcards.ts';

/** A statement of an identity-based policy, ready to be asked. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** As written; empty for a NotAction. */
  actions: string[];
  /** As written, null for one that cannot be resolved here; empty for a NotResource. */
  resources: (string | null)[];
  matchesAction: Matches;
  /** Null when only an unresolved pattern could fit. */
  matchesResource: Matches;
  /** Absent without conditions. */
  holds?: Holds;
}

/** Matches nothing known: the rest of a policy that could not be resolved. */
const UNKNOWN: Statement = {
  effect: 'Allow',
  actions: [],
  resources: [null],
  matchesAction: () => null,
  matchesResource: () => null,
};

/**
 * The statements of a policy document (IAM user guide, "IAM JSON policy elements reference").
 * @param document with null for what cannot be resolved
 */
export function compileDocument(document: unknown): Statement[] {
  return isRecord(document) ? [document['Statement']].flat().map(compileStatement) : [UNKNOWN];
}

function compileStatement(statement: unknown): Statement {
  if (!isRecord(statement)) {
    return UNKNOWN;
  }
  const holds = compileConditions(statement['Condition']);
  const actions = patterns(statement['Action']);
  const resources = patterns(statement['Resource']);
  return {
    effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    actions: actions.filter((action) => action !== null),
    resources,
    matchesAction: matcher(actions, patterns(statement['NotAction']), 'i'),
    matchesResource: matcher(resources, patterns(statement['NotResource']), ''),
    ...(holds && { holds }),
  };
}

const patterns = (value: unknown): (string | null)[] =>
  value === undefined ? [] : [value].flat().map((one) => (typeof one === 'string' ? one : null));

/** @param not the patterns of NotAction or NotResource, which stand instead of the others */
function matcher(some: (string | null)[], not: (string | null)[], flags: '' | 'i'): Matches {
  if (not.length > 0) {
    const excluded = anyOf(not, flags);
    return (text) => negated(excluded(text));
  }
  return anyOf(some, flags);
}

function anyOf(all: (string | null)[], flags: '' | 'i'): Matches {
  const each = all.map((pattern): Matches => (pattern === null ? () => null : wildcards(pattern, flags)));
  return (text) => {
    const found = each.map((matches) => matches(text));
    return found.includes(true) ? true : found.includes(null) ? null : false;
  };
}

const negated = (matched: boolean | null): boolean | null => (matched === null ? null : !matched);
