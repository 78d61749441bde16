import { valueAt } from '../functions/put-validated-item/pointer.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

/** Keywords that assert nothing (JSON Schema Validation 2020-12 section 9): a schema may carry its own beside a `$ref`. */
const ANNOTATIONS = new Set(['title', 'description', 'examples', 'deprecated', '$comment']);

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `$ref` leads to, `beside` what stands next to it. Keywords that assert must hold too, so both go into `allOf`. */
function merge(target: Json, beside: JsonObject): Json {
  const onlyAnnotates = Object.keys(beside).every((keyword) => ANNOTATIONS.has(keyword));
  if (onlyAnnotates && isObject(target)) return { ...target, ...beside };
  const { allOf = [], ...rest } = beside;
  return { ...rest, allOf: [...(allOf as Json[]), target] };
}

function inline(value: Json, root: JsonObject, open: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((element) => inline(element, root, open));
  if (!isObject(value)) return value;
  const { $ref, ...beside } = value;
  if (typeof $ref !== 'string' || !$ref.startsWith('#/') || open.includes($ref)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, inline(member, root, open)]),
    );
  }
  const target = inline(valueAt(root, decodeURIComponent($ref.slice(1))), root, [...open, $ref]);
  return merge(target, inline(beside, root, open) as JsonObject);
}

/**
 * The schema with every local `$ref` replaced by what it leads to: undefined where it leads nowhere. A schema that refers to
 * itself keeps that reference.
 */
export const inlineReferences = (schema: JsonObject): JsonObject => inline(schema, schema, []) as JsonObject;

/**
 * Keywords whose subschemas need their place known: Ajv's `schemaPath` tells the alternatives apart, and `propertyName` the names;
 * a `$ref` cuts both short.
 */
const PLACED = new Set(['anyOf', 'oneOf', 'contains', 'propertyNames']);

/** The schema with references inlined only below keywords that need it; elsewhere they keep the compiled code small. */
export function inlineWhereNeeded(schema: JsonObject): JsonObject {
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(([name, member]) => [
      name,
      PLACED.has(name) ? inline(member, schema, []) : walk(member),
    ]);
    return Object.fromEntries(members) as JsonObject;
  };
  return walk(schema) as JsonObject;
}
