import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Says whether HTTP allows `name` as the name of a header: letters, digits and ``!#$%&'*+-.^_`|~``, at least one. */
export const isHeaderName = (name: string): boolean => passes(() => validateHeaderName(name));

/** Says whether HTTP allows `value` in a header: no line break or other control character, nothing beyond Latin-1. */
export const isHeaderValue = (value: string): boolean => passes(() => validateHeaderValue('name', value));

/** Runs one of Node.js's checks, which throw for what they refuse. */
function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
