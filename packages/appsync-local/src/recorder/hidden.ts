import { setOwn } from '../ground/own-member.ts';
import { isRecord } from '../ground/record.ts';
import { Cut } from '../trace/weight.ts';

/** Stands where a credential was. */
export const HIDDEN = '(hidden)';

/** Headers that carry credentials, wherever they occur. */
const CREDENTIALS = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-amz-security-token)$/i;
/** Names of other headers that are likely to. */
const LIKELY = /auth|cookie|credential|password|secret|session|signature|token|api-?key/i;
/** Header and payload of a JSON Web Token both begin with `{"` in base64url (RFC 7515). */
const JWT = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g;
/** A line of the canonical request that the refusal of a signature quotes; the request's own headers are not recorded then. */
const CANONICAL =
  /^(authorization|proxy-authorization|cookie|x-api-key|x-amz-security-token|[\w-]*(?:password|secret|token)[\w-]*):.+$/gm;
/** What is shorter would also be found in innocent text. */
const SHORTEST = 8;

/** Makes values fit to be shown: plain JSON without credentials. */
export type Show = (value: unknown) => unknown;

/**
 * Returns a function that copies values for people: credentials are hidden wherever they occur, in headers by their name, elsewhere
 * by their text or because they are tokens. What was cut is `{ cut: BYTES }`.
 *
 * @param secrets texts to hide, such as the API key
 * @param headers of the request, which may have credentials
 */
export function createShow(
  secrets: readonly string[],
  headers: Readonly<Record<string, string | string[]>>,
): Show {
  const hidden = [...secrets, ...credentialsIn(headers)]
    .filter(({ length }) => length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const text = (shown: string): string =>
    hidden
      .reduce((left, secret) => left.replaceAll(secret, HIDDEN), shown)
      .replace(JWT, HIDDEN)
      .replace(CANONICAL, `$1:${HIDDEN}`);
  const show = (value: unknown, inHeaders = false): unknown => {
    if (typeof value === 'string') {
      return text(value);
    }
    if (value instanceof Cut) {
      return { cut: value.bytes };
    }
    if (Array.isArray(value)) {
      return value.map((one) => show(one));
    }
    if (!isRecord(value)) {
      return value ?? null;
    }
    const shown: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      if (member !== undefined) {
        const isCredential = CREDENTIALS.test(name) || (inHeaders && LIKELY.test(name));
        setOwn(
          shown,
          text(name),
          isCredential && member !== null ? HIDDEN : show(member, /^headers$/i.test(name)),
        );
      }
    }
    return shown;
  };
  return (value) => show(value);
}

/** The values of credential headers, whole and without their scheme, and the signatures in them. */
function credentialsIn(headers: Readonly<Record<string, string | string[]>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => CREDENTIALS.test(name) || LIKELY.test(name))
    .flatMap(([, value]) => value)
    .flatMap((value) => [
      value,
      value.replace(/^\S+ /, ''),
      ...(/Signature=(\w+)/.exec(value)?.slice(1) ?? []),
    ]);
}
