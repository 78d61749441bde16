import type { DynamoDbError } from '../../database/dynamodb-error.ts';
import { isDynamoDbError } from './errors.ts';

/** The outcome of a batch: the tables that answered, and the first error of the others. */
export interface Batch<A> {
  answers: A[];
  error: DynamoDbError | null;
}

/** Errors of one table that do not affect the others. */
const OF_ONE_TABLE = new Set(['ResourceNotFoundException', 'AccessDeniedException']);

/**
 * Runs a batch in one call. If that fails because of one table, calls each table separately, so that the others are processed:
 * AppSync sets `ctx.error` beside a partial `ctx.result` (docs/facts/dynamodb.md#batch-partial).
 *
 * @param call Sends the part of the request for these tables.
 * @throws DynamoDbError when it concerns the whole request
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
