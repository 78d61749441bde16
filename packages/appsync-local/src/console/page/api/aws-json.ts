import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { GraphQLAnswer, Operation } from './graphql.ts';

/** Members that TypeScript's library does not have yet (TC39, "JSON.parse source text access"). */
const json = JSON as typeof JSON & { rawJSON?: (text: string) => unknown };

/**
 * An answer for people to read: the JSON texts of `AWSJSON` fields as what they say. Numbers keep their digits where the browser
 * knows `JSON.rawJSON`.
 *
 * @returns the answer itself when it has no such field, or when the schema or the document does not tell
 */
export function readable(
  answer: GraphQLAnswer,
  { query, operationName }: Operation,
  schema: GraphQLSchema | undefined,
): GraphQLAnswer {
  const document = parsed(query);
  const operation = document && operationIn(document, operationName);
  const root = operation && schema?.getRootType(operation.operation);
  if (!root || !answer.data) {
    return answer;
  }
  const reader = { document, schema: schema!, found: false };
  const data = readObject(reader, answer.data, root, [operation.selectionSet]);
  return reader.found ? { ...answer, data: data as GraphQLAnswer['data'] } : answer;
}

interface Reader {
  document: DocumentNode;
  schema: GraphQLSchema;
  found: boolean;
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

function operationIn({ definitions }: DocumentNode, name?: string): OperationDefinitionNode | undefined {
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return operations.find((one) => one.name?.value === name) ?? operations[0];
}

function readObject(
  reader: Reader,
  value: unknown,
  type: GraphQLNamedType,
  selections: SelectionSetNode[],
): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => readObject(reader, one, type, selections));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const shown: Record<string, unknown> = { ...value };
  for (const { key, fieldType, below } of selected(reader, type, selections)) {
    if (key in shown) {
      shown[key] =
        fieldType.name === 'AWSJSON'
          ? readText(reader, shown[key])
          : readObject(reader, shown[key], fieldType, below);
    }
  }
  return shown;
}

function readText(reader: Reader, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => readText(reader, one));
  }
  if (typeof value !== 'string') {
    return value;
  }
  try {
    const read = JSON.parse(value, withDigits) as unknown;
    reader.found = true;
    return read;
  } catch {
    return value;
  }
}

function withDigits(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && json.rawJSON
    ? json.rawJSON(context.source)
    : value;
}

interface Selected {
  key: string;
  fieldType: GraphQLNamedType;
  below: SelectionSetNode[];
}

/** The fields that the selection sets ask of a type, each response key once. */
function selected(reader: Reader, type: GraphQLNamedType, selections: SelectionSetNode[]): Selected[] {
  const byKey = new Map<string, Selected>();
  const collect = (parent: GraphQLNamedType | undefined, set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const fieldType = fieldTypeOf(parent, selection.name.value);
        const below = selection.selectionSet ? [selection.selectionSet] : [];
        if (fieldType) {
          byKey.set(key, { key, fieldType, below: [...(byKey.get(key)?.below ?? []), ...below] });
        }
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentIn(reader, selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment) {
        collect(condition === undefined ? parent : reader.schema.getType(condition), fragment.selectionSet);
      }
    }
  };
  selections.forEach((set) => collect(type, set));
  return [...byKey.values()];
}

function fragmentIn({ document }: Reader, name: string) {
  return document.definitions
    .filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
    .find((one) => one.name.value === name);
}

function fieldTypeOf(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  if (!isCompositeType(parent) || !(isObjectType(parent) || isInterfaceType(parent))) {
    return undefined;
  }
  const field = parent.getFields()[name];
  return field && getNamedType(field.type);
}
