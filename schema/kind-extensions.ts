import { isPointer, tokensOf } from '../model/kinds/pointer.ts';
import { isObject, type JsonObject, targetOf } from './local-references.ts';

/** The declarative part of a kind beside its JSON Schema, as root keywords of that schema. */
export interface Extensions {
  unique: string[];
  references: { path: string; kind: string | null }[];
  rules: { rule: string; path: string }[];
}

export const EXTENSION_KEYWORDS = ['x-unique', 'x-references', 'x-rules'];

/** A kind that cannot be right. Its message is one line: what is wrong, where, what to do. */
export class KindFailure extends Error {
  override name = 'KindFailure';
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Adds all schemas that speak of the same value as these ones, each once: definitions may refer to each other. */
function addSameValue(
  schemas: readonly unknown[],
  root: JsonObject,
  found: Set<JsonObject>,
): Set<JsonObject> {
  for (const schema of schemas.filter(isObject)) {
    if (!found.has(schema)) {
      found.add(schema);
      const { allOf, anyOf, oneOf, then, else: otherwise, $ref } = schema;
      const target = typeof $ref === 'string' ? targetOf(root, $ref) : undefined;
      addSameValue([...[allOf, anyOf, oneOf].flatMap(asList), then, otherwise, target], root, found);
    }
  }
  return found;
}

function memberSchemas(schema: JsonObject, token: string): unknown[] {
  const { properties, additionalProperties } = schema;
  return isObject(properties) && Object.hasOwn(properties, token)
    ? [properties[token]]
    : [additionalProperties];
}

const elementSchemas = (schema: JsonObject): unknown[] => [schema['items'], ...asList(schema['prefixItems'])];

const below = (schemas: readonly unknown[], token: string, root: JsonObject): unknown[] =>
  [...addSameValue(schemas, root, new Set())]
    .flatMap((schema) => (token === '*' ? elementSchemas(schema) : memberSchemas(schema, token)))
    .filter(isObject);

/** A pointer with a typing error would select nothing, and its rule would never be kept. */
function checkPath(path: unknown, keyword: string, schema: JsonObject, file: string): string {
  if (typeof path !== 'string' || !isPointer(path)) {
    throw new KindFailure(
      `${file}: ${keyword} has ${JSON.stringify(path)}, which is no JSON Pointer like "/variants/*/sku"`,
    );
  }
  const found = tokensOf(path).reduce<unknown[]>((schemas, token) => below(schemas, token, schema), [schema]);
  if (found.length > 0) {
    return path;
  }
  throw new KindFailure(`${file}: ${keyword} points at ${path}, but the schema describes no such value`);
}

function listOf(schema: JsonObject, keyword: string, file: string): unknown[] {
  const list = schema[keyword] ?? [];
  if (Array.isArray(list)) {
    return list as unknown[];
  }
  throw new KindFailure(`${file}: ${keyword} is ${JSON.stringify(list)}, must be a list`);
}

function checkRule(value: unknown, schema: JsonObject, file: string, known: readonly string[]) {
  const { rule, path } = isObject(value) ? value : {};
  if (typeof rule !== 'string' || !known.includes(rule)) {
    throw new KindFailure(
      `${file}: x-rules names rule ${JSON.stringify(rule)}; there are ${known.join(', ')} ` +
        '(a new rule is a file in model/kinds/rules, named in its registry.ts)',
    );
  }
  return { rule, path: checkPath(path, 'x-rules', schema, file) };
}

/** A pointer alone refers to an item of any kind. */
function checkReference(value: unknown, schema: JsonObject, file: string, known: readonly string[]) {
  if (!isObject(value)) {
    return { path: checkPath(value, 'x-references', schema, file), kind: null };
  }
  const { path, kind = null, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new KindFailure(`${file}: x-references has a member ${other}; there are path and kind`);
  }
  if (kind !== null && (typeof kind !== 'string' || !known.includes(kind))) {
    throw new KindFailure(
      `${file}: x-references names kind ${JSON.stringify(kind)}; there are ${known.join(', ')}`,
    );
  }
  return { path: checkPath(path, 'x-references', schema, file), kind };
}

/**
 * Reads and checks the extensions of a kind.
 *
 * @param file named in messages
 * @param knownRules names of the rules in code
 * @param knownKinds names of all kinds, this one included
 * @throws KindFailure for a list that is none, a pointer that leads nowhere, a rule nobody wrote, a kind that there is not
 */
export const readExtensions = (
  schema: JsonObject,
  file: string,
  knownRules: readonly string[],
  knownKinds: readonly string[],
): Extensions => ({
  unique: listOf(schema, 'x-unique', file).map((path) => checkPath(path, 'x-unique', schema, file)),
  references: listOf(schema, 'x-references', file).map((reference) =>
    checkReference(reference, schema, file, knownKinds),
  ),
  rules: listOf(schema, 'x-rules', file).map((rule) => checkRule(rule, schema, file, knownRules)),
});
