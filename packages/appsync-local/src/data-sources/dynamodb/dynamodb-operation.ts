import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import type { InvokeLambda } from '../../lambda/lambda-result.ts';
import type { Containers } from '../../runtime/runtime.types.ts';
import type { Invocation, Outcome } from '../data-source.ts';
import type { KeyTypesOf } from './key-types.ts';
import type { PaginationTokens } from './pagination-token.ts';
import type { Members } from './read-request.ts';

/** What an operation works with: the data source's table and its surroundings. */
export interface Place {
  client: DynamoDbClient;
  /** The data source's table, and the endpoint that has it. */
  tableName: string;
  region: string;
  tokens: PaginationTokens;
  /** Creates the items that are read, and pages of them. */
  containers: Containers;
  invokeLambda: InvokeLambda;
  /** Undefined for a table or an index that the template lacks. */
  keyTypes: KeyTypesOf;
}

/**
 * One AppSync operation. It may throw what it need not handle: a RequestProblem refuses the request, a DynamoDbError becomes
 * `ctx.error`.
 */
export type Operation = (request: Members, place: Place, invocation: Invocation) => Promise<Outcome>;

/** Known members. Includes `version`, which VTL templates carry and which has no effect here. */
export const members = (...names: string[]): ReadonlySet<string> =>
  new Set(['operation', 'version', ...names]);

/** For versioned data sources; no effect elsewhere (docs/facts/dynamodb.md#versioned-members). */
export const VERSIONING = ['customPartitionKey', 'populateIndexFields', '_version'];
