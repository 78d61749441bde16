import {
  type FieldNode,
  type GraphQLDirective,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type GraphQLNamedType,
} from 'graphql';
import { coerceArguments } from './coercion/arguments.ts';
import { shapeOf } from './coercion/type-shape.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';

type Variables = Record<string, unknown>;

export function rootPlans(operation: PreparedOperation, variables: Variables): FieldPlan[] {
  if (operation.rootPlans) {
    return operation.rootPlans;
  }
  const plans = plan(operation, operation.rootType, [operation.operation.selectionSet], variables);
  if (!operation.conditional) {
    operation.rootPlans = plans;
  }
  return plans;
}

/** The fields selected below a field on an object of this type. */
export function plansBelow(
  operation: PreparedOperation,
  parent: FieldPlan,
  type: GraphQLObjectType,
  variables: Variables,
): FieldPlan[] {
  const known = parent.below.get(type);
  if (known) {
    return known;
  }
  const plans = plan(operation, type, parent.selectionSets, variables);
  if (!operation.conditional) {
    parent.below.set(type, plans);
  }
  return plans;
}

/** The field's arguments; an omitted argument is an absent key. */
export function argumentsOf(plan: FieldPlan, variables: Variables): Record<string, unknown> {
  return plan.constantArguments ?? coerceArguments(plan.definition.args, plan.nodes[0]!, variables);
}

function plan(
  operation: PreparedOperation,
  type: GraphQLObjectType,
  selectionSets: SelectionSetNode[],
  variables: Variables,
): FieldPlan[] {
  const plans = new Map<string, FieldPlan>();
  const visited = new Set<string>();
  for (const { selections } of selectionSets) {
    collect(operation, type, selections, variables, plans, visited);
  }
  return [...plans.values()];
}

function collect(
  operation: PreparedOperation,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  variables: Variables,
  plans: Map<string, FieldPlan>,
  visited: Set<string>,
): void {
  for (const node of selections) {
    if (operation.conditional && !isIncluded(node, variables)) {
      continue;
    }
    if (node.kind === Kind.FIELD) {
      addField(operation.schema, type, node, plans);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? operation.fragments[node.name.value]! : node;
    if (node.kind === Kind.FRAGMENT_SPREAD && visited.has(node.name.value)) {
      continue;
    }
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      visited.add(node.name.value);
    }
    const condition = fragment.typeCondition?.name.value;
    if (!condition || applies(operation.schema, operation.schema.getType(condition), type)) {
      collect(operation, type, fragment.selectionSet.selections, variables, plans, visited);
    }
  }
}

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  return (
    conditionOf(GraphQLSkipDirective, node, variables) !== true &&
    conditionOf(GraphQLIncludeDirective, node, variables) !== false
  );
}

function conditionOf({ name, args }: GraphQLDirective, node: SelectionNode, variables: Variables): unknown {
  const directive = node.directives?.find((one) => one.name.value === name);
  return directive && coerceArguments(args, directive, variables).if;
}

function applies(
  schema: GraphQLSchema,
  condition: GraphQLNamedType | undefined,
  type: GraphQLObjectType,
): boolean {
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

function addField(
  schema: GraphQLSchema,
  parentType: GraphQLObjectType,
  node: FieldNode,
  plans: Map<string, FieldPlan>,
): void {
  const responseName = (node.alias ?? node.name).value;
  const known = plans.get(responseName);
  if (known) {
    known.nodes.push(node);
    known.selectionSets.push(...(node.selectionSet ? [node.selectionSet] : []));
    return;
  }
  const definition = fieldDefinition(schema, parentType, node.name.value);
  plans.set(responseName, {
    responseName,
    fieldName: node.name.value,
    coordinate: `${parentType.name}.${node.name.value}`,
    parentType,
    definition,
    shape: shapeOf(definition.type),
    nodes: [node],
    selectionSets: node.selectionSet ? [node.selectionSet] : [],
    below: new Map(),
    ...(namesVariable(node)
      ? {}
      : { constantArguments: Object.freeze(coerceArguments(definition.args, node, {})) }),
  });
}

function fieldDefinition(
  schema: GraphQLSchema,
  parentType: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> {
  if (name === '__typename') {
    return TypeNameMetaFieldDef;
  }
  if (parentType === schema.getQueryType() && name === '__schema') {
    return SchemaMetaFieldDef;
  }
  if (parentType === schema.getQueryType() && name === '__type') {
    return TypeMetaFieldDef;
  }
  return parentType.getFields()[name]!;
}

function namesVariable(node: FieldNode): boolean {
  return JSON.stringify(node.arguments ?? [], (key, value: unknown) =>
    key === 'loc' ? undefined : value,
  ).includes('"kind":"Variable"');
}
