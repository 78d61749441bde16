import type { Access, Context } from './access.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { compileDocument, type Statement } from './statements.ts';

/** What policies say of an access. `unknown`: the server cannot tell whether it is allowed or denied. */
export type Verdict = 'allowed' | 'denied' | 'not-allowed' | 'unknown';

/** The policies of a role, or its boundary. */
export interface Policies {
  statements: Statement[];
  /** ARNs of policies whose content is not known here. */
  unread: string[];
}

/** @param otherPolicies ARNs of policies that the template does not have */
export function compilePolicies(documents: unknown[], otherPolicies: string[]): Policies {
  const known = otherPolicies.map(awsManagedPolicy);
  return {
    statements: [...documents, ...known.filter((one) => one !== undefined)].flatMap(compileDocument),
    unread: otherPolicies.filter((_, index) => known[index] === undefined),
  };
}

/** Statements that concern one action on one resource; what is left to ask of a request are its condition keys. */
interface Concerning {
  denies: Statement[];
  allows: Statement[];
  /** Whether something that cannot be read here might allow it. */
  isOpen: boolean;
}

/** @returns judges a request of this action on this resource by its context */
export function concerning(policies: Policies, { action, resource }: Access): (context: Context) => Verdict {
  const { denies, allows, isOpen } = select(policies, action, resource);
  return (context) => {
    if (denies.some(({ holds }) => holds === undefined || holds(context) === true)) {
      return 'denied';
    }
    const holding = allows.map(({ holds }) => (holds === undefined ? true : holds(context)));
    if (holding.includes(true)) {
      return 'allowed';
    }
    return isOpen || holding.includes(null) ? 'unknown' : 'not-allowed';
  };
}

/** What might match counts for an Allow and not for a Deny: a request is refused only where AWS is sure to refuse it. */
function select({ statements, unread }: Policies, action: string, resource: string): Concerning {
  const denies: Statement[] = [];
  const allows: Statement[] = [];
  let isOpen = unread.length > 0;
  for (const statement of statements) {
    const onAction = statement.matchesAction(action);
    const onResource = onAction === false ? false : statement.matchesResource(resource);
    const matched = onAction === true && onResource === true;
    if (matched) {
      (statement.effect === 'Deny' ? denies : allows).push(statement);
    } else if (onResource !== false && statement.effect === 'Allow') {
      isOpen = true;
    }
  }
  return { denies, allows, isOpen };
}
