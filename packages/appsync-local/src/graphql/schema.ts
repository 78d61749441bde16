import {
  buildASTSchema,
  type DefinitionNode,
  GraphQLDirective,
  type GraphQLFieldMap,
  GraphQLSchema,
  isExecutableDefinitionNode,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  type DocumentNode,
  validateSchema,
} from 'graphql';
import { StartFailure } from '../ground/start-failure.ts';
import type { AuthMode } from '../template/app-model.ts';
import { AWS_SCALARS } from './coercion/aws-scalars.ts';
import { AWS_DIRECTIVES_SDL, fieldRules, type FieldRules, ignoredDirectives } from './field-access.ts';
import { refuseWrongDefaults } from './schema-defaults.ts';
import { keepKnownDirectives, textsOf } from './schema-directives.ts';
import { parseSdl } from './sdl.ts';

/** A schema as AppSync sees it. */
export interface ApiSchema {
  schema: GraphQLSchema;
  rules: FieldRules;
  /** Limits to Cognito groups that have no effect in this API: `@aws_auth of Query.task`. */
  ignored: string[];
  /** Directives that AppSync does not know and therefore ignores: `@model`. */
  unknown: string[];
  /** The mutations named by `@aws_subscribe` of each field of type Subscription. */
  subscribes: Map<string, string[]>;
}

const AWS_SCALARS_SDL = Object.keys(AWS_SCALARS).map((name) => `scalar ${name}`);

/** AppSync's introspection lists it, though it has no effect (docs/facts/graphql.md#no-incremental). */
const DEFER_SDL = 'directive @defer on FIELD';

const PRELUDE = parse([...AWS_SCALARS_SDL, AWS_DIRECTIVES_SDL, DEFER_SDL].join('\n'), {
  noLocation: true,
}).definitions;

/**
 * Builds the schema, with AppSync's scalars and directives added.
 * @throws StartFailure that names what AppSync would refuse
 */
export function loadSchema(sdl: string, modes: AuthMode[], logicalId: string): ApiSchema {
  const { document, unknown } = keepKnownDirectives(withPrelude(parsed(sdl, logicalId), sdl));
  refuseHeirs(document, logicalId);
  refuseOperations(document, logicalId);
  const schema = buildSchema(document, logicalId);
  const problems = validateSchema(schema);
  if (problems.length > 0) {
    throw new StartFailure(`schema ${logicalId}: ${problems.map(({ message }) => message).join(' ')}`);
  }
  refuseOwnScalars(schema, logicalId);
  refuseWrongDefaults(schema, logicalId);
  const subscribes = subscribedMutations(schema);
  checkSubscribed(schema, subscribes, logicalId);
  const ignored = ignoredDirectives(schema, modes);
  return { schema, rules: fieldRules(schema, modes), ignored, unknown, subscribes };
}

function parsed(sdl: string, logicalId: string): DocumentNode {
  try {
    return parseSdl(sdl);
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${(error as Error).message}`);
  }
}

/** AppSync has only GraphQL's scalars and its own (AppSync developer guide, "Scalar types"). */
function refuseOwnScalars(schema: GraphQLSchema, logicalId: string): void {
  const own = Object.values(schema.getTypeMap())
    .filter(isScalarType)
    .filter((type) => !isSpecifiedScalarType(type) && !Object.hasOwn(AWS_SCALARS, type.name));
  if (own.length > 0) {
    const names = own.map(({ name }) => name).join(', ');
    throw new StartFailure(`schema ${logicalId}: AppSync does not allow custom scalars such as ${names}`);
  }
}

/** "Failed to parse schema document - ensure it's a valid SDL-formatted document." (observed, aws/aws-appsync-community#387). */
function refuseHeirs({ definitions }: DocumentNode, logicalId: string): void {
  const heirs = definitions.flatMap((node) =>
    (node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION) &&
    node.interfaces?.length
      ? [`${node.name.value} implements ${node.interfaces.map(({ name }) => name.value).join(' & ')}`]
      : [],
  );
  if (heirs.length > 0) {
    throw new StartFailure(
      `schema ${logicalId}: AppSync refuses an interface that implements another (${heirs.join(', ')}); ` +
        'let the types implement them all',
    );
  }
}

/** graphql-java reads definitions only: "NonSDLDefinitionError" (docs/facts/graphql.md#schema-operations). */
function refuseOperations({ definitions }: DocumentNode, logicalId: string): void {
  if (definitions.some(isExecutableDefinitionNode)) {
    throw new StartFailure(
      `schema ${logicalId}: AppSync refuses operations and fragments in a schema; move them to another file`,
    );
  }
}

function buildSchema(document: DocumentNode, logicalId: string): GraphQLSchema {
  try {
    return withAppSyncDirectives(buildASTSchema(document));
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${(error as Error).message.replace(/\s*\n+\s*/g, ' ')}`);
  }
}

/** Locations of `@deprecated` that graphql-js has and AppSync's introspection lacks. */
const UNLISTED_LOCATIONS = ['ARGUMENT_DEFINITION', 'INPUT_FIELD_DEFINITION', 'DIRECTIVE_DEFINITION'];

/** Reduces the directives that a client sees to AppSync's: it does not know newer ones (docs/facts/graphql.md#introspected-directives). */
function withAppSyncDirectives(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const directives = config.directives
    .filter(({ name }) => name !== 'specifiedBy' && name !== 'oneOf')
    .map((directive) => {
      const { locations, ...rest } = directive.toConfig();
      const listed = locations.filter((location) => !UNLISTED_LOCATIONS.includes(location));
      return new GraphQLDirective({ ...rest, locations: listed });
    });
  return new GraphQLSchema({ ...config, directives });
}

/**
 * Adds the prelude. AppSync tolerates redeclarations of its scalars and directives; the prelude's take precedence. A scalar
 * that the schema does not use stays out, as it does in AppSync's introspection.
 */
function withPrelude(document: DocumentNode, sdl: string): DocumentNode {
  const known = new Set(PRELUDE.map(nameOf));
  const own = document.definitions.filter((node) => !(isScalarOrDirective(node) && known.has(nameOf(node))));
  const used = PRELUDE.filter(
    (node) => node.kind === Kind.DIRECTIVE_DEFINITION || new RegExp(`\\b${nameOf(node)}\\b`).test(sdl),
  );
  return { kind: Kind.DOCUMENT, definitions: [...used, ...own] };
}

const nameOf = (node: DefinitionNode): string | undefined => ('name' in node ? node.name?.value : undefined);

const isScalarOrDirective = ({ kind }: DefinitionNode): boolean =>
  kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.DIRECTIVE_DEFINITION;

function subscribedMutations(schema: GraphQLSchema): Map<string, string[]> {
  const fields: GraphQLFieldMap<unknown, unknown> = schema.getSubscriptionType()?.getFields() ?? {};
  return new Map(
    Object.values(fields).map((field) => {
      const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
      return [field.name, textsOf(directive, 'mutations') ?? []];
    }),
  );
}

/** Every named mutation must exist, and return the same type as the subscription field (AppSync developer guide, "Real-time data"). */
function checkSubscribed(schema: GraphQLSchema, subscribes: Map<string, string[]>, logicalId: string): void {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const [field, names] of subscribes) {
    const returned = schema.getSubscriptionType()!.getFields()[field]!.type;
    for (const name of names) {
      const mutation = mutations[name];
      if (!mutation) {
        throw new StartFailure(
          `schema ${logicalId}: Subscription.${field} subscribes to ${name}, which is not a mutation`,
        );
      }
      if (String(mutation.type).replace(/!$/, '') !== String(returned).replace(/!$/, '')) {
        throw new StartFailure(
          `schema ${logicalId}: Subscription.${field} is of type ${String(returned)}, but Mutation.${name} of type ${String(mutation.type)}`,
        );
      }
    }
  }
}
