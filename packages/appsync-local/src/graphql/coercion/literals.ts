import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ObjectValueNode,
  type ValueNode,
} from 'graphql';
import { coercionOf } from './leaf.ts';

type Variables = Record<string, unknown>;

/** Coerces a literal that has passed validation; a variable without a value becomes null, or an absent input field. */
export function coerceLiteral(type: GraphQLInputType, node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
  }
  if (node.kind === Kind.NULL) {
    return null;
  }
  if (isNonNullType(type)) {
    return coerceLiteral(type.ofType, node, variables);
  }
  if (isListType(type)) {
    const elements = node.kind === Kind.LIST ? node.values : [node];
    return elements.map((element) => coerceLiteral(type.ofType, element, variables));
  }
  if (isInputObjectType(type)) {
    return coerceObject(type, node as ObjectValueNode, variables);
  }
  return coercionOf(type).parseLiteral(node);
}

function coerceObject(type: GraphQLInputObjectType, node: ObjectValueNode, variables: Variables): Variables {
  // The last of duplicate fields counts: this generation does not refuse them.
  const given = new Map(node.fields.map(({ name, value }) => [name.value, value]));
  const coerced: Variables = {};
  for (const field of Object.values(type.getFields())) {
    const value = given.get(field.name);
    const preset = defaultOf(field);
    if (value === undefined) {
      if (preset !== undefined) {
        coerced[field.name] = preset;
      }
    } else if (value.kind !== Kind.VARIABLE || Object.hasOwn(variables, value.name.value)) {
      const own = coerceLiteral(field.type, value, variables);
      coerced[field.name] = own === null && value.kind !== Kind.NULL ? (preset ?? null) : own;
    }
  }
  return coerced;
}

const defaults = new WeakMap<GraphQLArgument | GraphQLInputField, unknown>();

/** The default of an argument or input field, in the form that handlers receive; undefined without a default. */
export function defaultOf(input: GraphQLArgument | GraphQLInputField): unknown {
  if (!defaults.has(input)) {
    const node = input.astNode?.defaultValue;
    defaults.set(input, node ? coerceLiteral(input.type, node, {}) : input.defaultValue);
  }
  return defaults.get(input);
}
