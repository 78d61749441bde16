import {
  type ASTNode,
  type DirectiveDefinitionNode,
  DirectiveLocation,
  type DocumentNode,
  GraphQLDeprecatedDirective,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
} from 'graphql';

/** They say what a merged API makes of this one, and mean nothing within it (AppSync developer guide, "Merging APIs"). */
const OF_MERGED_APIS = new Set(['canonical', 'hidden', 'renamed']);

/** Younger ones, `@oneOf` and `@specifiedBy`, are unknown to AppSync (its introspection, amplify-cli's schema.json of a real API). */
const OF_GRAPHQL = [GraphQLSkipDirective, GraphQLIncludeDirective, GraphQLDeprecatedDirective];

export interface KnownDirectives {
  /** The schema without directives that have no meaning where they stand. */
  document: DocumentNode;
  /** Directives that neither AppSync has nor the schema declares: `@model`. */
  unknown: string[];
}

/**
 * Leaves out the directives that have no meaning where they stand, which AppSync takes: schemas with those of other tools deploy
 * (sid88in/serverless-appsync-plugin#626 and #409), and so do its own on unions, interfaces and enums (inferred from that).
 */
export function keepKnownDirectives(document: DocumentNode): KnownDirectives {
  const locations = locationsOf(document);
  const unknown = new Set<string>();
  const kept = visit(document, {
    Directive: ({ name: { value: name } }, _key, _parent, _path, ancestors) => {
      const known = locations.get(name);
      if (known?.includes(locationIn(ancestors))) {
        return undefined;
      }
      if (!known && !OF_MERGED_APIS.has(name)) {
        unknown.add(`@${name}`);
      }
      return null;
    },
  });
  return { document: kept, unknown: [...unknown].sort() };
}

/** By the name of each directive that is known. */
function locationsOf({ definitions }: DocumentNode): Map<string, readonly string[]> {
  const declared = definitions.filter(
    (node): node is DirectiveDefinitionNode => node.kind === Kind.DIRECTIVE_DEFINITION,
  );
  return new Map<string, readonly string[]>([
    ...OF_GRAPHQL.map(({ name, locations }) => [name, locations] as const),
    ...declared.map(({ name, locations }) => [name.value, locations.map(({ value }) => value)] as const),
  ]);
}

const LOCATIONS: { [kind in ASTNode['kind']]?: DirectiveLocation } = {
  [Kind.SCHEMA_DEFINITION]: DirectiveLocation.SCHEMA,
  [Kind.SCHEMA_EXTENSION]: DirectiveLocation.SCHEMA,
  [Kind.SCALAR_TYPE_DEFINITION]: DirectiveLocation.SCALAR,
  [Kind.SCALAR_TYPE_EXTENSION]: DirectiveLocation.SCALAR,
  [Kind.OBJECT_TYPE_DEFINITION]: DirectiveLocation.OBJECT,
  [Kind.OBJECT_TYPE_EXTENSION]: DirectiveLocation.OBJECT,
  [Kind.FIELD_DEFINITION]: DirectiveLocation.FIELD_DEFINITION,
  [Kind.INTERFACE_TYPE_DEFINITION]: DirectiveLocation.INTERFACE,
  [Kind.INTERFACE_TYPE_EXTENSION]: DirectiveLocation.INTERFACE,
  [Kind.UNION_TYPE_DEFINITION]: DirectiveLocation.UNION,
  [Kind.UNION_TYPE_EXTENSION]: DirectiveLocation.UNION,
  [Kind.ENUM_TYPE_DEFINITION]: DirectiveLocation.ENUM,
  [Kind.ENUM_TYPE_EXTENSION]: DirectiveLocation.ENUM,
  [Kind.ENUM_VALUE_DEFINITION]: DirectiveLocation.ENUM_VALUE,
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: DirectiveLocation.INPUT_OBJECT,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: DirectiveLocation.INPUT_OBJECT,
};

/** @param ancestors of a directive, lists of nodes among them; the last one has the directive */
function locationIn(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const [above, , node] = ancestors.slice(-3);
  const kind = kindOf(node);
  if (kind === Kind.INPUT_VALUE_DEFINITION) {
    return LOCATIONS[kindOf(above)!] === DirectiveLocation.INPUT_OBJECT
      ? DirectiveLocation.INPUT_FIELD_DEFINITION
      : DirectiveLocation.ARGUMENT_DEFINITION;
  }
  return (kind && LOCATIONS[kind]) ?? '';
}

const kindOf = (node: ASTNode | readonly ASTNode[] | undefined): ASTNode['kind'] | undefined =>
  node && 'kind' in node ? node.kind : undefined;
