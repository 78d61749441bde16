import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ObjectValueNode,
  type ValueNode,
} from 'graphql';
import { acceptsLiteral } from '../coercion/leaf.ts';

/** The problem of a literal, and its place below the argument. */
export interface LiteralProblem {
  /** Innermost last: `.nested`, `[0]`. */
  place: string;
  what: string;
  /** The invalid literal where it is not the whole argument: AppSync shows a leaf itself, and an object from the top. */
  value?: ValueNode;
}

/** Finds the first problem of a literal; variables are checked elsewhere. */
export function literalProblem(type: GraphQLInputType, value: ValueNode): LiteralProblem | null {
  if (value.kind === Kind.VARIABLE) {
    return null;
  }
  if (isNonNullType(type)) {
    return value.kind === Kind.NULL
      ? { place: '', what: 'must not be null', value }
      : literalProblem(type.ofType, value);
  }
  if (value.kind === Kind.NULL) {
    return null;
  }
  if (isListType(type)) {
    return value.kind === Kind.LIST
      ? firstProblem(value.values.map((element, index) => [`[${index}]`, type.ofType, element]))
      : literalProblem(type.ofType, value);
  }
  if (isInputObjectType(type)) {
    return value.kind === Kind.OBJECT
      ? objectProblem(type, value)
      : { place: '', what: 'must be an object type' };
  }
  return acceptsLiteral(type, value) ? null : { place: '', what: `is not a valid '${type.name}'`, value };
}

function objectProblem(type: GraphQLInputObjectType, object: ObjectValueNode): LiteralProblem | null {
  const fields = type.getFields();
  const given = new Set(object.fields.map(({ name }) => name.value));
  const missing = Object.values(fields).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined && !given.has(field.name),
  );
  if (missing.length > 0) {
    return {
      place: '',
      what: `is missing required fields '[${missing.map(({ name }) => name).join(', ')}]'`,
    };
  }
  for (const { name, value } of object.fields) {
    const field = fields[name.value];
    if (!field) {
      return { place: '', what: `contains a field not in '${type.name}': '${name.value}'` };
    }
    const problem = firstProblem([[`.${name.value}`, field.type, value]]);
    if (problem) {
      return problem;
    }
  }
  return null;
}

function firstProblem(members: [place: string, GraphQLInputType, ValueNode][]): LiteralProblem | null {
  for (const [place, type, value] of members) {
    const problem = literalProblem(type, value);
    if (problem) {
      return { ...problem, place: place + problem.place };
    }
  }
  return null;
}
