/**
 * The meaning of JavaScript in resolvers: `appsync` is JavaScript as users saw AppSync run it, `plain` is JavaScript as
 * ECMAScript and AppSync's documentation define it. The differences are in `observed-javascript.ts` and `util/early-return.ts`
 * (docs/adr/0024).
 */
export type Javascript = 'appsync' | 'plain';

export const JAVASCRIPTS: readonly Javascript[] = ['appsync', 'plain'];

/** What AWS was seen to do is what people deploy to. */
export const DEFAULT_JAVASCRIPT: Javascript = 'appsync';
