import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLFieldMap,
  type GraphQLSchema,
  isScalarType,
  Kind,
  parse,
  type DocumentNode,
  validateSchema,
} from 'graphql';
import type { AuthMode } from '../template/model.ts';
import { StartFailure } from '../failure.ts';
import { AWS_SCALARS_SDL, behaviourOf } from './aws-scalars.ts';
import { AWS_DIRECTIVES_SDL, fieldRules, type FieldRules, ignoredDirectives } from './field-access.ts';

/** A schema as AppSync sees it. */
export interface ApiSchema {
  schema: GraphQLSchema;
  rules: FieldRules;
  /** Limits to Cognito groups that have no effect in this API: `@aws_auth of Query.task`. */
  ignored: string[];
  /** The mutations named by `@aws_subscribe` of each field of type Subscription. */
  subscribes: Map<string, string[]>;
}

const PRELUDE = parse(`${AWS_SCALARS_SDL}\n${AWS_DIRECTIVES_SDL}`, { noLocation: true }).definitions;

/**
 * Builds the schema with AppSync's scalars and directives added.
 * @throws StartFailure that names what AppSync would refuse
 */
export function loadSchema(sdl: string, modes: AuthMode[], logicalId: string): ApiSchema {
  const document = withPrelude(parseSdl(sdl, logicalId), sdl);
  const schema = buildSchema(document, logicalId);
  const problems = validateSchema(schema);
  if (problems.length > 0) {
    throw new StartFailure(`schema ${logicalId}: ${problems.map(({ message }) => message).join(' ')}`);
  }
  Object.values(schema.getTypeMap()).filter(isScalarType).forEach(behaviourOf);
  const subscribes = subscribedMutations(schema);
  checkSubscribed(schema, subscribes, logicalId);
  return { schema, rules: fieldRules(schema, modes), ignored: ignoredDirectives(schema, modes), subscribes };
}

function parseSdl(sdl: string, logicalId: string): DocumentNode {
  try {
    return parse(sdl);
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${(error as Error).message}`);
  }
}

function buildSchema(document: DocumentNode, logicalId: string): GraphQLSchema {
  try {
    return buildASTSchema(document);
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${(error as Error).message.replace(/\s*\n+\s*/g, ' ')}`);
  }
}

/**
 * AppSync tolerates its scalars and directives being declared again; the prelude's stand. A scalar that the schema does
 * not use stays out, as it does in AppSync's introspection.
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
      const value = directive?.arguments?.find(({ name }) => name.value === 'mutations')?.value;
      const nodes = value?.kind === Kind.LIST ? value.values : [];
      return [field.name, nodes.flatMap((node) => (node.kind === Kind.STRING ? [node.value] : []))];
    }),
  );
}

/** Every named mutation must exist and return the subscription field's own type (AppSync developer guide, "Real-time data"). */
function checkSubscribed(schema: GraphQLSchema, subscribes: Map<string, string[]>, logicalId: string): void {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const [field, names] of subscribes) {
    const returned = schema.getSubscriptionType()!.getFields()[field]!.type;
    for (const name of names) {
      const mutation = mutations[name];
      if (!mutation) {
        throw new StartFailure(
          `schema ${logicalId}: Subscription.${field} subscribes to ${name}, which is no mutation`,
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
