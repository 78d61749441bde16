import type { LogLevel, Occurrence } from '../runtime/console-log.ts';

/**
 * A line of the terminal for what a resolver logs or throws. It begins like a line of AppSync's log, with the author's file in it:
 * `INFO - resolvers/pipeline/put-item.ts:12:3: "id" "a" (AppSync function put-item of Mutation.putItem, request 6f…)`.
 */
export function occurrenceLine(
  level: LogLevel,
  { title, place, words, field, requestId }: Occurrence,
): string {
  const { file, line, column } = place;
  const of = field === undefined || title.endsWith(` ${field}`) ? title : `${title} of ${field}`;
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  return `${level} - ${file}:${line}:${column}: ${words} (${of}${request})`;
}
