import { answered, failed, type Invocation, type Outcome } from '../data-source.ts';
import type { Place } from './dynamodb-operation.ts';
import { invalidToken } from './pagination-token.ts';
import { readItems } from './plain-items.ts';
import { readOptionalString, type Members } from './read-request.ts';

/**
 * Runs a Query or Scan from where `nextToken` says. Answers `{items, nextToken, scannedCount}`; a bad token is
 * `ctx.error` (docs/facts/dynamodb.md#next-token-refused).
 *
 * @param boundTo What a token may not be taken from and used elsewhere, besides by another resolver, AppSync function or table: index and key
 *   condition.
 */
export async function readPage(
  operation: 'Query' | 'Scan',
  input: object,
  request: Members,
  place: Place,
  { field, functionId }: Invocation,
  boundTo: unknown[],
): Promise<Outcome> {
  const binding = JSON.stringify([field, functionId ?? null, place.tableName, operation, ...boundTo]);
  const token = readOptionalString(request.nextToken, '$[nextToken]');
  const start = token === undefined ? undefined : place.tokens.open(token, binding);
  if (token !== undefined && start === undefined) {
    return failed(invalidToken);
  }
  const { Items, LastEvaluatedKey, ScannedCount } = await place.client.call(
    operation,
    start ? { ...input, ExclusiveStartKey: start } : input,
    (text) => readItems(text, place.containers),
  );
  const page = place.containers.map();
  page['items'] = Items;
  page['nextToken'] = LastEvaluatedKey === undefined ? null : place.tokens.seal(LastEvaluatedKey, binding);
  page['scannedCount'] = ScannedCount;
  return answered(page);
}
