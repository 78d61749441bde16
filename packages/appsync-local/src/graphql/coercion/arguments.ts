import { type DirectiveNode, type FieldNode, type GraphQLArgument, Kind } from 'graphql';
import { coerceLiteral, defaultOf } from './literals.ts';

/**
 * Coerces the arguments of a field or directive. An omitted argument is an absent key or has its default; an argument written
 * as a variable without a value is null, neither absent nor its default (observed, aws/aws-appsync-community#348; graphql-java
 * 11, `ValuesResolver.java`).
 */
export function coerceArguments(
  definitions: readonly GraphQLArgument[],
  node: FieldNode | DirectiveNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const coerced: Record<string, unknown> = {};
  for (const definition of definitions) {
    const value = given.get(definition.name);
    const preset = defaultOf(definition);
    if (value !== undefined) {
      coerced[definition.name] = coerceLiteral(definition.type, value, variables);
    } else if (preset !== undefined) {
      coerced[definition.name] = preset;
    }
  }
  return coerced;
}

/**
 * Coerces the arguments, without those written as variables that have no value. Subscriptions match by these: there AppSync has
 * fixed what `coerceArguments` still does (aws/aws-appsync-community#94, aws-amplify/amplify-category-api#843).
 */
export function suppliedArguments(
  coerced: Record<string, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const missing = new Set(
    node.arguments?.flatMap(({ name, value }) =>
      value.kind === Kind.VARIABLE && !Object.hasOwn(variables, value.name.value) ? [name.value] : [],
    ),
  );
  return Object.fromEntries(Object.entries(coerced).filter(([name]) => !missing.has(name)));
}
