import { text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { HelperFailure } from '../interruption.ts';

const SHORT_ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  "'": "\\'",
  '/': '\\/',
  '\\': '\\\\',
};

/** `util.escapeJavaScript`, `util.urlEncode`, `util.urlDecode`, `util.base64Encode`, `util.base64Decode`. */
export const encoding: HelperTree = {
  escapeJavaScript: (value: unknown) => escapeJavaScript(text(value, 'util.escapeJavaScript')),
  urlEncode: (value: unknown) => urlEncode(text(value, 'util.urlEncode')),
  urlDecode: (value: unknown) => urlDecode(text(value, 'util.urlDecode')),
  base64Encode: (value: unknown) => Buffer.from(text(value, 'util.base64Encode'), 'utf8').toString('base64'),
  base64Decode: (value: unknown) => Buffer.from(text(value, 'util.base64Decode'), 'base64').toString('utf8'),
};

/** Like StringEscapeUtils.escapeJavaScript of Apache Commons Lang 2, which has the same name. */
const escapeJavaScript = (value: string): string =>
  value.replace(
    /["'/\\]|[^ -~]/g,
    (character) => SHORT_ESCAPES[character] ?? `\\u${hex(character.charCodeAt(0)).padStart(4, '0')}`,
  );

const hex = (code: number): string => code.toString(16).toUpperCase();

/** Like java.net.URLEncoder: a space becomes `+`; letters, digits and `*-._` stay; an unpaired surrogate becomes `?`. */
const urlEncode = (value: string): string =>
  encodeURIComponent(value.replace(/\p{Surrogate}/gu, '?'))
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (character) => `%${hex(character.charCodeAt(0))}`);

/** Like java.net.URLDecoder. */
function urlDecode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch {
    throw new HelperFailure(`util.urlDecode takes URL-encoded text, not ${JSON.stringify(value)}`);
  }
}
