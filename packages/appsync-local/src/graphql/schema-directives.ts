import {
  type ASTNode,
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  DirectiveLocation,
  type DocumentNode,
  GraphQLDeprecatedDirective,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
} from 'graphql';

/** These configure what a merged API takes from this one, and have no effect within it (AppSync developer guide, "Merging APIs"). */
const OF_MERGED_APIS = new Set(['canonical', 'hidden', 'renamed']);

/** Newer ones, `@oneOf` and `@specifiedBy`, are unknown to AppSync (its introspection, amplify-cli's schema.json of a real API). */
const OF_GRAPHQL = [GraphQLSkipDirective, GraphQLIncludeDirective, GraphQLDeprecatedDirective];

export interface KnownDirectives {
  /** The schema, without directives that have no meaning at their location. */
  document: DocumentNode;
  /** Directives that are neither AppSync's nor declared by the schema: `@model`. */
  unknown: string[];
}

/**
 * Drops directives that have no meaning at their location. AppSync accepts them: schemas with other tools' directives deploy
 * (sid88in/serverless-appsync-plugin#626 and #409), and so do its own directives on unions, interfaces and enums (inferred from
 * that).
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

/** The locations of each known directive, by name. */
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

/** @param ancestors of a directive, including lists of nodes; the last one has the directive */
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

/** The texts of a directive's argument, as of `cognito_groups`: a single one is a list of one, as for every list. @returns null where it is absent */
export function textsOf(directive: ConstDirectiveNode | undefined, argument: string): string[] | null {
  const value = directive?.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined || value.kind === Kind.NULL) {
    return null;
  }
  const values = value.kind === Kind.LIST ? value.values : [value];
  return values.flatMap((node) => (node.kind === Kind.STRING ? [node.value] : []));
}
