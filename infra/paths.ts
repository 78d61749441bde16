import { fileURLToPath } from 'node:url';

/** The project's root directory, absolute. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** An absolute path from one relative to the project's root. */
export const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
