import { answered, failed, type Invocation, type Outcome } from '../data-source.ts';
import type { Place } from './dynamodb-operation.ts';
import { invalidToken } from './pagination-token.ts';
import { readItems } from './plain-items.ts';
import { readOptionalString, type Members } from './read-request.ts';

/**
 * Runs a Query or Scan, starting at `nextToken`. Returns `{items, nextToken, scannedCount}`; an invalid token becomes
 * `ctx.error` (docs/facts/dynamodb.md#next-token-refused).
 *
 * @param boundTo Index and key condition: a token is valid only with these, for the same resolver, AppSync function and table.
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
