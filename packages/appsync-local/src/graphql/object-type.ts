import type { GraphQLObjectType } from 'graphql';

const types = new WeakMap<object, GraphQLObjectType>();

/** Keeps the type that an interface's or union's completed object turned out to be, for those who get it later. */
export function rememberType(completed: unknown, type: GraphQLObjectType): unknown {
  if (completed instanceof Promise) {
    return completed.then((settled) => rememberType(settled, type));
  }
  if (typeof completed === 'object' && completed !== null) {
    types.set(completed, type);
  }
  return completed;
}

/** Null for anything that was not remembered. */
export const rememberedType = (completed: unknown): GraphQLObjectType | null =>
  typeof completed === 'object' && completed !== null ? (types.get(completed) ?? null) : null;
