import type { Caller } from './callers.ts';
import type { GraphQLAnswer } from './graphql.ts';

/**
 * Says why a request was refused, for the status line, and what to do if the credentials were the reason.
 *
 * @param code HTTP status, or the code of a real-time error
 */
export function refusalText(code: number | string, answer: GraphQLAnswer, caller: Caller): string {
  const said = answer.errors?.[0]?.message ?? 'It gave no reason.';
  return code === 401 || code === 403
    ? `Not authorized (${caller.title}): ${said} ${caller.hint}`
    : `The server answered ${code}: ${said}`;
}
