import { isObject, type JsonObject } from '../local-references.ts';

/*
 * Prepares a JSON Schema 2020-12 for json-schema-to-typescript, which knows draft 7: what a type cannot say is left out, and a type is
 * never narrower than its schema. Only keywords that are named here get through, so that a schema from elsewhere cannot bring TypeScript along
 * (`tsType`).
 */

/** Keywords that describe the shape of a value; all others check it. */
const SHAPE = [
  'type',
  'enum',
  'const',
  'required',
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  '$ref',
];
const COPIED = ['type', 'enum', 'const', 'required'];
const DEFINITIONS = ['properties', 'patternProperties', '$defs', 'definitions'];

/** @returns the schema with the keywords of draft 7 that say something about types */
export function shapeOf(schema: JsonObject): JsonObject {
  return describedShape(schema, schema, false) as JsonObject;
}

/** @param named the schema's own title would become a type of its own: it is put into the description instead */
function describedShape(schema: unknown, root: JsonObject, named = true): unknown {
  if (!isObject(schema)) {
    return schema;
  }
  const description = descriptionOf(schema, named);
  const shape = shapeAlone(schema, root);
  return description ? { description, ...shape } : shape;
}

/** The end of a comment must not stand in one. */
function descriptionOf({ title, description }: JsonObject, named: boolean): string {
  const texts = [named ? title : '', description].filter((text) => typeof text === 'string' && text !== '');
  return texts
    .map((text) => `${text as string}`.replace(/([^.!?])$/, '$1.'))
    .join(' ')
    .replaceAll('*/', '* /');
}

function shapeAlone(schema: JsonObject, root: JsonObject): JsonObject {
  const { $ref, ...beside } = schema;
  if (typeof $ref !== 'string') {
    return keywordsOf(schema, root);
  }
  const rest = keywordsOf(beside, root);
  const { $defs, definitions, ...shape } = rest;
  const kept = Object.fromEntries(Object.entries({ $defs, definitions }).filter(([, value]) => value));
  return { ...kept, allOf: [{ $ref: pointerOf($ref, root) }, ...(hasShape(shape) ? [shape] : [])] };
}

function keywordsOf(schema: JsonObject, root: JsonObject): JsonObject {
  const shape: JsonObject = {};
  COPIED.filter((key) => key in schema).forEach((key) => (shape[key] = schema[key]));
  for (const key of DEFINITIONS) {
    const members = schema[key];
    if (isObject(members)) {
      shape[key] = mapped(members, (member) => describedShape(member, root));
    }
  }
  if ('additionalProperties' in schema) {
    shape['additionalProperties'] = describedShape(schema['additionalProperties'], root);
  }
  return { ...shape, ...itemsOf(schema, root), ...combinationsOf(schema, root) };
}

const mapped = (members: JsonObject, change: (member: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, change(member)]));

/** A list of exactly so many elements is a tuple; any other list has elements of all the types there are. */
function itemsOf(schema: JsonObject, root: JsonObject): JsonObject {
  const { prefixItems, items, minItems, maxItems } = schema;
  if (!Array.isArray(prefixItems)) {
    return 'items' in schema ? { items: describedShape(items, root) } : {};
  }
  const elements = prefixItems.map((element) => describedShape(element, root));
  const closed = items === false || maxItems === elements.length;
  if (closed && minItems === elements.length) {
    return { items: elements, additionalItems: false };
  }
  return { items: { anyOf: [...elements, ...(closed ? [] : [describedShape(items ?? {}, root)])] } };
}

/** A branch that only checks says nothing about types, and so do alternatives among which is one. */
function combinationsOf(schema: JsonObject, root: JsonObject): JsonObject {
  const combinations: JsonObject = {};
  for (const key of ['anyOf', 'oneOf']) {
    const branches = branchesOf(schema, key);
    if (branches.length > 0 && branches.every(hasShape)) {
      combinations[key] = branches.map((branch) => describedShape(branch, root));
    }
  }
  const all = branchesOf(schema, 'allOf').filter(hasShape);
  return all.length > 0
    ? { ...combinations, allOf: all.map((branch) => describedShape(branch, root)) }
    : combinations;
}

const branchesOf = (schema: JsonObject, key: string): unknown[] =>
  Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [];

/** `required` alone names no type: what it requires is described elsewhere. */
const hasShape = (schema: unknown): boolean =>
  isObject(schema) && Object.keys(schema).some((key) => key !== 'required' && SHAPE.includes(key));

/** `#word` leads to the schema with this `$anchor`; draft 7 knows pointers only. */
function pointerOf(reference: string, root: JsonObject): string {
  return /^#[^/]/.test(reference) ? (anchorPointer(root, reference.slice(1), '#') ?? reference) : reference;
}

function anchorPointer(value: unknown, anchor: string, pointer: string): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ((value as JsonObject)['$anchor'] === anchor) {
    return pointer;
  }
  for (const [name, member] of Object.entries(value)) {
    const escaped = encodeURI(name.replaceAll('~', '~0').replaceAll('/', '~1'));
    const found = anchorPointer(member, anchor, `${pointer}/${escaped}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
