import { escapeToken } from '../text.ts';

/** A value in a document, and the JSON Pointer (RFC 6901) that leads to it. */
export interface Located {
  pointer: string;
  value: unknown;
}

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** The names and indexes of a pointer, unescaped; none for the empty pointer, which is the whole document. */
export const tokensOf = (pointer: string): string[] => pointer.split('/').slice(1).map(unescapeToken);

/** Whether text is a JSON Pointer: empty, or tokens that each follow a slash (RFC 6901 section 3). */
export const isPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);

const member = (value: unknown, token: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, token)
    ? (value as Record<string, unknown>)[token]
    : undefined;

function step({ pointer, value }: Located, token: string): Located[] {
  if (token === '*' && Array.isArray(value)) {
    return value.map((element, index) => ({ pointer: `${pointer}/${index}`, value: element as unknown }));
  }
  const found = member(value, token);
  return found === undefined ? [] : [{ pointer: `${pointer}/${escapeToken(token)}`, value: found }];
}

/** The values a pointer pattern leads to, in document order; `*` stands for every element of an array. */
export const select = (document: unknown, pattern: string): Located[] =>
  tokensOf(pattern).reduce<Located[]>(
    (found, token) => found.flatMap((located) => step(located, token)),
    [{ pointer: '', value: document }],
  );

/** The value at a plain pointer, undefined where there is none. */
export const valueAt = (document: unknown, pointer: string): unknown =>
  tokensOf(pointer).reduce<unknown>(member, document);
