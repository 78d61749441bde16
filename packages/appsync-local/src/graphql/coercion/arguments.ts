import { type DirectiveNode, type FieldNode, type GraphQLArgument, Kind } from 'graphql';
import { coerceLiteral, defaultOf } from './literals.ts';

/**
 * The arguments of a field or directive. One that is not written is an absent key or has its default; one that is written
 * as a variable which was not given is null, not absent and without its default (observed, aws/aws-appsync-community#348;
 * graphql-java 11, `ValuesResolver.java`).
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
 * Arguments without those that are written as variables which were not given. Subscriptions match by these: there AppSync
 * has mended what `coerceArguments` still does (aws/aws-appsync-community#94, aws-amplify/amplify-category-api#843).
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
