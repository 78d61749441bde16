import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import type { GraphQLAnswer, Operation } from './graphql.ts';

export type Introspection = IntrospectionQuery['__schema'];

/**
 * Reads the schema as the chosen caller may see it; null when the server does not return it (the status line then says why).
 *
 * @param ask sends an operation
 */
export async function introspect(
  ask: (operation: Operation) => Promise<GraphQLAnswer>,
): Promise<Introspection | null> {
  const { data } = await ask({ query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' });
  return (data as IntrospectionQuery | null | undefined)?.__schema ?? null;
}
