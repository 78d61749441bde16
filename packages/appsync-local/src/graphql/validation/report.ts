import { type ASTNode, GraphQLError, Kind, type ValidationContext } from 'graphql';

type Place = ASTNode | readonly ASTNode[] | undefined;

/** Names of the fields and fragments around a node, including itself: by name, not by alias. */
export function namesAround(node: ASTNode, parent: Place, ancestors: readonly Place[]): string[] {
  return [...ancestors, parent, node].flatMap((at) => nameOf(at) ?? []);
}

function nameOf(at: Place): string | undefined {
  return at && 'kind' in at && (at.kind === Kind.FIELD || at.kind === Kind.FRAGMENT_DEFINITION)
    ? at.name.value
    : undefined;
}

/**
 * Reports in the words of graphql-java up to version 18, which AppSync still uses: `Validation error of type FieldUndefined: …
 * @ 'getItem/nope'`. Outside any field the `@` is left out.
 */
export function report(
  context: ValidationContext,
  type: string,
  description: string,
  nodes: ASTNode | ASTNode[],
  path: string[] = [],
): void {
  const place = path.length > 0 ? ` @ '${path.join('/')}'` : '';
  context.reportError(
    new GraphQLError(`Validation error of type ${type}: ${description}${place}`, { nodes }),
  );
}
