import type { DynamoDbError } from '../../database/dynamodb-error.ts';
import { isDynamoDbError } from './errors.ts';

/** What a batch came to: the tables that answered, and the first error of those that did not. */
export interface Batch<A> {
  answers: A[];
  error: DynamoDbError | null;
}

/** Errors of one table that do not concern the others. */
const OF_ONE_TABLE = new Set(['ResourceNotFoundException', 'AccessDeniedException']);

/**
 * Runs a batch in one call. When that fails because of one table, each table is tried by itself, so that the others'
 * part is done: AppSync answers `ctx.error` beside a partial `ctx.result` (docs/facts/dynamodb.md#batch-partial).
 *
 * @param call Sends the request's share of these tables.
 * @throws DynamoDbError that concerns the request as a whole.
 */
export async function runBatch<T, A>(
  requestItems: Record<string, T>,
  call: (part: Record<string, T>) => Promise<A>,
): Promise<Batch<A>> {
  try {
    return { answers: [await call(requestItems)], error: null };
  } catch (error) {
    if (!isDynamoDbError(error) || !OF_ONE_TABLE.has(error.name)) {
      throw error;
    }
    return Object.keys(requestItems).length === 1 ? { answers: [], error } : tableByTable(requestItems, call);
  }
}

async function tableByTable<T, A>(
  requestItems: Record<string, T>,
  call: (part: Record<string, T>) => Promise<A>,
): Promise<Batch<A>> {
  const batch: Batch<A> = { answers: [], error: null };
  for (const [table, items] of Object.entries(requestItems)) {
    try {
      batch.answers.push(await call({ [table]: items }));
    } catch (error) {
      if (!isDynamoDbError(error)) {
        throw error;
      }
      batch.error ??= error;
    }
  }
  return batch;
}
