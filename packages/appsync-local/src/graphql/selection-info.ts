import {
  type GraphQLField,
  getNamedType,
  isObjectType,
  isInterfaceType,
  Kind,
  print,
  type SelectionNode,
} from 'graphql';
import type { FieldPlan, PreparedOperation } from './operation.ts';

/** The parts of `ctx.info` that describe the selection below a field. */
export interface SelectionInfo {
  /** Paths by response name, fragments flattened, a composite field before its own fields: `owner`, `owner/name`. */
  selectionSetList: string[];
  /** The selection as text, braces included. */
  selectionSetGraphQL: string;
}

const known = new WeakMap<FieldPlan, SelectionInfo>();

/** Computed once per plan. */
export function selectionInfo(operation: PreparedOperation, plan: FieldPlan): SelectionInfo {
  const info = known.get(plan) ?? describe(operation, plan);
  known.set(plan, info);
  return info;
}

function describe(operation: PreparedOperation, plan: FieldPlan): SelectionInfo {
  const selections = plan.selectionSets.flatMap(({ selections }) => selections);
  const list = new Set<string>();
  addPaths(operation, selections, fieldsOf(plan.definition), '', list);
  return {
    selectionSetList: [...list],
    selectionSetGraphQL: selections.length > 0 ? print({ kind: Kind.SELECTION_SET, selections }) : '',
  };
}

type Fields = Record<string, GraphQLField<unknown, unknown>>;

/** The fields of the declared type; a union has none. */
function fieldsOf(definition: GraphQLField<unknown, unknown> | undefined): Fields {
  const type = definition && getNamedType(definition.type);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}

function addPaths(
  operation: PreparedOperation,
  selections: readonly SelectionNode[],
  fields: Fields,
  prefix: string,
  list: Set<string>,
): void {
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) {
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : operation.fragments[node.name.value]!;
      addPaths(operation, fragment.selectionSet.selections, fields, prefix, list);
    } else if (fields[node.name.value] || node.name.value === '__typename') {
      const path = `${prefix}${(node.alias ?? node.name).value}`;
      list.add(path);
      addPaths(
        operation,
        node.selectionSet?.selections ?? [],
        fieldsOf(fields[node.name.value]),
        `${path}/`,
        list,
      );
    }
  }
}
