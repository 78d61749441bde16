import type { Expression } from './expressions.ts';

/** Key attributes that a projection leaves out; empty without a projection. */
export function keysLeftOut(projection: Expression | undefined, keyNames: string[]): string[] {
  if (!projection) {
    return [];
  }
  const named = projection.text.split(',').map((path) => projection.names[path.trim()] ?? path.trim());
  return keyNames.filter((name) => !named.includes(name));
}

/** Removes attributes that were read but not requested. */
export function without<T extends Record<string, unknown> | null>(item: T, names: string[]): T {
  if (item) {
    for (const name of names) {
      delete item[name];
    }
  }
  return item;
}
