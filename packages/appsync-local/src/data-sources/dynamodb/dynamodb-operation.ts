import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import type { InvokeLambda } from '../../lambda/lambda-result.ts';
import type { Containers } from '../../runtime/runtime.types.ts';
import type { Invocation, Outcome } from '../data-source.ts';
import type { KeyTypesOf } from './key-types.ts';
import type { PaginationTokens } from './pagination-token.ts';
import type { Members } from './read-request.ts';

/** What an operation works with. */
export interface Place {
  client: DynamoDbClient;
  /** The data source's table, and where it is. */
  tableName: string;
  region: string;
  tokens: PaginationTokens;
  /** What items that are read, and pages of them, are made of. */
  containers: Containers;
  invokeLambda: InvokeLambda;
  /** Undefined for a table or an index that the template does not have. */
  keyTypes: KeyTypesOf;
}

/**
 * One AppSync operation. It may throw what it need not answer itself: a RequestProblem refuses the request, a
 * DynamoDbError becomes `ctx.error`.
 */
export type Operation = (request: Members, place: Place, invocation: Invocation) => Promise<Outcome>;

/** `version` is what VTL templates carry; it says nothing here. */
export const members = (...names: string[]): ReadonlySet<string> =>
  new Set(['operation', 'version', ...names]);

/** For versioned data sources; elsewhere without effect (docs/facts/dynamodb.md#versioned-members). */
export const VERSIONING = ['customPartitionKey', 'populateIndexFields', '_version'];
