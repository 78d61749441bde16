import { javaText } from '../graphql/coercion/java-text.ts';
import type { ResolverEffects } from '../runtime/runtime.types.ts';

/** @returns the headers that resolvers added with `util.http.addResponseHeader`, with names in lower case; null if there are none */
export function responseHeaders(effects: ResolverEffects[]): Record<string, string> | null {
  if (effects.every(({ responseHeaders }) => responseHeaders.length === 0)) {
    return null;
  }
  const headers = effects.flatMap(({ responseHeaders }) => responseHeaders);
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), javaText(value)]));
}
