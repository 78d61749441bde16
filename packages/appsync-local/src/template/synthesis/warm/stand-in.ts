/** Where `Bundles` leaves its functions for the module `esbuild-stand-in.ts`, which Node.js loads by itself. */
export const STAND_IN = Symbol.for('appsync-local.esbuild');
