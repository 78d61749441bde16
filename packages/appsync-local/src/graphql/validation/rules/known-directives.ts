import { type ASTNode, type ASTVisitor, DirectiveLocation, Kind, type ValidationContext } from 'graphql';
import { namesAround, report } from '../report.ts';

/** Directives exist, and stand at a location that they allow. */
export function knownDirectives(context: ValidationContext): ASTVisitor {
  const directives = new Map(
    context
      .getSchema()
      .getDirectives()
      .map((directive) => [directive.name, directive]),
  );
  return {
    Directive(node, _key, parent, _path, ancestors) {
      const name = node.name.value;
      const directive = directives.get(name);
      const location = locationOf(ancestors.at(-1));
      if (!directive) {
        report(
          context,
          'UnknownDirective',
          `Unknown directive ${name}`,
          node,
          namesAround(node, parent, ancestors),
        );
      } else if (location && !directive.locations.includes(location)) {
        const words = `Directive ${name} not allowed here`;
        report(context, 'MisplacedDirective', words, node, namesAround(node, parent, ancestors));
      }
      return undefined;
    },
  };
}

const LOCATIONS: Partial<Record<Kind, DirectiveLocation>> = {
  [Kind.FIELD]: DirectiveLocation.FIELD,
  [Kind.FRAGMENT_SPREAD]: DirectiveLocation.FRAGMENT_SPREAD,
  [Kind.INLINE_FRAGMENT]: DirectiveLocation.INLINE_FRAGMENT,
  [Kind.FRAGMENT_DEFINITION]: DirectiveLocation.FRAGMENT_DEFINITION,
  [Kind.VARIABLE_DEFINITION]: DirectiveLocation.VARIABLE_DEFINITION,
};

function locationOf(holder: ASTNode | readonly ASTNode[] | undefined): DirectiveLocation | undefined {
  if (!holder || !('kind' in holder)) {
    return undefined;
  }
  return holder.kind === Kind.OPERATION_DEFINITION
    ? DirectiveLocation[holder.operation.toUpperCase() as 'QUERY' | 'MUTATION' | 'SUBSCRIPTION']
    : LOCATIONS[holder.kind];
}
