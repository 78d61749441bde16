import type { GraphQLObjectType } from 'graphql';

const types = new WeakMap<object, GraphQLObjectType>();

/** Remembers the concrete type of a completed object of an interface or union, for later readers. */
export function rememberType(completed: unknown, type: GraphQLObjectType): unknown {
  if (completed instanceof Promise) {
    return completed.then((settled) => rememberType(settled, type));
  }
  if (typeof completed === 'object' && completed !== null) {
    types.set(completed, type);
  }
  return completed;
}

/** Null for an object whose type was not remembered. */
export const rememberedType = (completed: unknown): GraphQLObjectType | null =>
  typeof completed === 'object' && completed !== null ? (types.get(completed) ?? null) : null;
