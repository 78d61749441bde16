import type { Expression } from './expressions.ts';

/** The last code point: a prefix followed by it sorts after every text with that prefix. */
const LAST = '\u{10FFFF}';
/** A sort key has at most 1,024 bytes, and DynamoDB refuses a longer bound (DynamoDB guide, "Constraints"). */
const LONGEST_PREFIX_BYTES = 1020;

/**
 * Replaces `begins_with(#key, :prefix)` in a key condition by a BETWEEN that selects the same texts. On keys, the embedded
 * engine's `begins_with` ignores case, and DynamoDB's does not (measured 2026-11-23).
 */
export function exactPrefix(condition: Expression): Expression {
  const match = /begins_with\s*\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)/.exec(condition.text);
  const [call, key, alias = ''] = match ?? [];
  const prefix = condition.values[alias];
  if (call === undefined || !prefix || !('S' in prefix) || !isBoundable(prefix.S)) {
    return condition;
  }
  const last = `${alias}_last`;
  return {
    text: condition.text.replace(call, `${key} BETWEEN ${alias} AND ${last}`),
    names: condition.names,
    values: { ...condition.values, [last]: { S: prefix.S + LAST } },
  };
}

const isBoundable = (prefix: string): boolean =>
  prefix !== '' && Buffer.byteLength(prefix) <= LONGEST_PREFIX_BYTES;
