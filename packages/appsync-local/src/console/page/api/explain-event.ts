import { listText } from '../ground/words.ts';
import type { GraphQLAnswer } from './exchange.ts';

/** AppSync's words for a null where the schema allows none (AppSync developer guide, "Troubleshooting and common mistakes"). */
const NULL_ERROR = /^Cannot return null for non-nullable type: '[^']*' within parent '([^']+)' \((.+)\)$/;

/**
 * Explains the error of a subscriber who selects more than the mutation did: AppSync makes an event of the mutation's response, so
 * what that did not select is null (AppSync developer guide, "Using subscriptions for real-time data applications").
 *
 * @returns undefined when the event has no such error
 */
export function explainEvent({ errors = [] }: GraphQLAnswer): string | undefined {
  const missing = errors.flatMap(({ message }) => {
    const [, parent, path] = NULL_ERROR.exec(message) ?? [];
    return parent !== undefined && path !== undefined ? [`${parent}.${path.split('/').at(-1)}`] : [];
  });
  if (missing.length === 0) {
    return undefined;
  }
  const names = [...new Set(missing)];
  const [them, are] = names.length === 1 ? ['it', 'is'] : ['them', 'are'];
  return (
    `The mutation did not select ${listText(names)}, which this subscription wants. A subscriber receives what the mutation’s own ` +
    `selection set contains; the rest ${are === 'is' ? 'is' : 'are'} null, and ${names.length === 1 ? 'this field' : 'these fields'} must not be. ` +
    `Select ${them} in the mutation as well, leave ${them} out of the subscription, or use a subscription that does not depend on what the mutation selects.`
  );
}
