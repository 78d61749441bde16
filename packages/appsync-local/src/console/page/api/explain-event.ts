import { listText } from '../ground/words.ts';
import type { GraphQLAnswer } from './graphql.ts';

/** AppSync's words for a null where the schema allows none. */
const NULL_ERROR = /^Cannot return null for non-nullable type: '[^']*' within parent '([^']+)' \((.+)\)$/;

/**
 * Explains the error of a subscriber who selects more than the mutation did: AppSync makes an event of the mutation's response, so
 * what that did not select is null (AppSync developer guide, "Using subscriptions for real-time data applications").
 *
 * @returns undefined when the event has no such error
 */
export function explainEvent({ errors = [] }: GraphQLAnswer): string | undefined {
  const missing = new Set(errors.flatMap(({ message }) => fieldIn(message) ?? []));
  if (missing.size === 0) {
    return undefined;
  }
  return (
    `The mutation did not select ${listText([...missing])}, which this subscription asks for. A subscriber receives only what the ` +
    'mutation’s own selection set contains: anything else is null, which the schema does not allow here. Select more in the mutation, ' +
    'ask for less in the subscription, or use a subscription that does not depend on what the mutation selects.'
  );
}

/** `Item.version` of the path `/onPutItem/version` within `Item`. */
function fieldIn(message: string): string | undefined {
  const [, parent, path] = NULL_ERROR.exec(message) ?? [];
  return parent === undefined || path === undefined ? undefined : `${parent}.${path.split('/').at(-1)}`;
}
