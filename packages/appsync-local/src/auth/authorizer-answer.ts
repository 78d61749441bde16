import { isRecord } from '../ground/record.ts';
/** The decision of a Lambda authorizer about a token. */
export interface Decision {
  isAuthorized: boolean;
  /** `ctx.identity.resolverContext`. */
  resolverContext: Record<string, unknown>;
  /** `Type.field`. */
  deniedFields: ReadonlySet<string>;
  /** Seconds from the answer; undefined means the API's configuration. */
  ttlOverride?: number;
  /** Size of the answer as JSON. */
  bytes: number;
}

/** An answer that AppSync cannot use; the message is for the log, never for the client. */
export class AnswerRefused extends Error {
  override name = 'AnswerRefused';
}

/** AppSync developer guide, "AWS_LAMBDA authorization". */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Reads an authorizer's answer. AWS documents what an answer may contain, not the effect of anything else: it is refused here,
 * so that a mistake shows before deployment.
 *
 * @param apiArn `arn:…:apis/ID`; a denied field's full ARN begins with it, and those of other APIs have no effect.
 * @throws AnswerRefused that names the member and its value.
 */
export function readAnswer(payload: unknown, apiArn: string): Decision {
  const bytes = Buffer.byteLength(JSON.stringify(payload ?? null));
  if (bytes > MAX_BYTES) {
    throw new AnswerRefused(`its answer has ${bytes} bytes; AppSync takes ${MAX_BYTES}`);
  }
  if (!isRecord(payload)) {
    throw new AnswerRefused(`its answer is ${shown(payload)}; it must be an object`);
  }
  const { isAuthorized, resolverContext, deniedFields, ttlOverride } = payload;
  if (typeof isAuthorized !== 'boolean') {
    throw new AnswerRefused(`isAuthorized is ${shown(isAuthorized)}; it must be true or false`);
  }
  const ttl = readTtl(ttlOverride);
  return {
    isAuthorized,
    resolverContext: readContext(resolverContext),
    deniedFields: readDeniedFields(deniedFields, apiArn),
    ...(ttl !== undefined && { ttlOverride: ttl }),
    bytes,
  };
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

function readContext(value: unknown): Record<string, unknown> {
  if (isAbsent(value)) {
    return {};
  }
  if (!isRecord(value)) {
    throw new AnswerRefused(`resolverContext is ${shown(value)}; it must be an object`);
  }
  const nested = Object.entries(value).find(([, member]) => typeof member === 'object' && member !== null);
  if (nested === undefined) {
    return value;
  }
  throw new AnswerRefused(
    `resolverContext.${nested[0]} is ${shown(nested[1])}; AppSync takes no nested values there, so send it as text`,
  );
}

function readDeniedFields(value: unknown, apiArn: string): ReadonlySet<string> {
  if (isAbsent(value)) {
    return new Set();
  }
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) {
    throw new AnswerRefused(`deniedFields is ${shown(value)}; it must be a list of texts`);
  }
  return new Set(value.flatMap((name: string) => coordinateOf(name, apiArn) ?? []));
}

/** `Type.field`, from either form. */
function coordinateOf(name: string, apiArn: string): string | undefined {
  if (!name.startsWith('arn:')) {
    return name;
  }
  const [, type, field] = /^\/types\/([^/]+)\/fields\/([^/]+)$/.exec(afterPrefix(name, apiArn)) ?? [];
  return type === undefined ? undefined : `${type}.${field}`;
}

const afterPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : '';

function readTtl(value: unknown): number | undefined {
  if (isAbsent(value)) {
    return undefined;
  }
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) {
    return value;
  }
  throw new AnswerRefused(`ttlOverride is ${shown(value)}; it must be seconds, 0 or more`);
}

/** The beginning of a value, enough to recognize it. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 80);
