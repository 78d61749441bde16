import { type ConstDirectiveNode, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { AuthenticationType, AuthMode } from '../template/app-model.ts';
import { textsOf } from './schema-directives.ts';

/** The authorization directives, with the locations that AppSync's own introspection lists. */
export const AWS_DIRECTIVES_SDL = `
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
directive @aws_cognito_user_pools(cognito_groups: [String]) on OBJECT | FIELD_DEFINITION
directive @aws_api_key on OBJECT | FIELD_DEFINITION
directive @aws_iam on OBJECT | FIELD_DEFINITION
directive @aws_oidc on OBJECT | FIELD_DEFINITION
directive @aws_lambda on OBJECT | FIELD_DEFINITION
`;

/** One alternative of a field's rule: callers of this mode and, when groups are named, of one of them. */
interface Access {
  mode: AuthenticationType;
  groups: string[] | null;
}

/** Who may read each field: maps `Type.field` to alternatives, any one of which suffices. */
export type FieldRules = Map<string, Access[]>;

const MODE_OF_DIRECTIVE: Record<string, AuthenticationType> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
};

/**
 * Computes every field's rule once: directives on a field replace those on its type, several directives are alternatives, and a
 * field without any is open only to the default mode (AppSync developer guide, "Using additional authorization modes").
 * Directives on an interface have no effect; those on the object's own type apply.
 */
export function fieldRules(schema: GraphQLSchema, modes: AuthMode[]): FieldRules {
  const rules: FieldRules = new Map();
  for (const type of objectTypes(schema)) {
    const ofType = alternatives(directivesOf(type), modes);
    for (const field of Object.values(type.getFields())) {
      const ofField = alternatives(field.astNode?.directives, modes);
      rules.set(`${type.name}.${field.name}`, ofField ?? ofType ?? defaultAccess(modes));
    }
  }
  return rules;
}

/**
 * The coordinates of directives that AppSync ignores: `@aws_auth` beside other modes, and `@aws_cognito_user_pools` where
 * Cognito is the only mode. Such a limit is written down but has no effect.
 */
export function ignoredDirectives(schema: GraphQLSchema, modes: AuthMode[]): string[] {
  const ignored = (directives: readonly ConstDirectiveNode[], coordinate: string): string[] =>
    directives
      .filter((directive) => textsOf(directive, 'cognito_groups') !== null && isIgnored(directive, modes))
      .map(({ name }) => `@${name.value} of ${coordinate}`);
  return objectTypes(schema).flatMap((type) => [
    ...ignored(directivesOf(type), type.name),
    ...Object.values(type.getFields()).flatMap((field) =>
      ignored(field.astNode?.directives ?? [], `${type.name}.${field.name}`),
    ),
  ]);
}

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(isObjectType);

const directivesOf = ({ astNode, extensionASTNodes }: GraphQLObjectType): ConstDirectiveNode[] =>
  [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);

/** Whether the caller may reach a field. Introspection's own fields are open to every authorized caller. */
export function mayAccess(rules: FieldRules, caller: Caller, coordinate: string): boolean {
  if (caller.deniedFields?.has(coordinate)) {
    return false;
  }
  const rule = rules.get(coordinate);
  if (!rule || coordinate.startsWith('__')) {
    return true;
  }
  return isOpenTo(rule, caller) && (caller.mayRun === undefined || caller.mayRun(coordinate));
}

/** In a loop, because it is asked of each field of each answer. */
function isOpenTo(rule: Access[], caller: Caller): boolean {
  for (const { mode, groups } of rule) {
    if (mode === caller.mode && (groups === null || groups.some((group) => caller.groups.includes(group)))) {
      return true;
    }
  }
  return false;
}

function alternatives(
  directives: readonly ConstDirectiveNode[] | undefined,
  modes: AuthMode[],
): Access[] | null {
  const found = (directives ?? []).flatMap((directive) => {
    const mode = MODE_OF_DIRECTIVE[directive.name.value];
    return mode && !isIgnored(directive, modes)
      ? [{ mode, groups: textsOf(directive, 'cognito_groups') }]
      : [];
  });
  return found.length > 0 ? found : null;
}

/**
 * `@aws_auth` takes effect only where Cognito is the only mode (AppSync developer guide, "Using additional authorization
 * modes"), and there `@aws_cognito_user_pools` has none. The guide calls the two interchangeable, but AWS refused a group with
 * the latter that `@aws_auth` allows (aws/aws-appsync-community#349, which does not give its DefaultAction).
 */
function isIgnored({ name }: ConstDirectiveNode, modes: AuthMode[]): boolean {
  const onlyCognito = modes.length === 1 && modes[0]!.type === 'AMAZON_COGNITO_USER_POOLS';
  return name.value === 'aws_auth' ? !onlyCognito : name.value === 'aws_cognito_user_pools' && onlyCognito;
}

/** With `DefaultAction: DENY` a Cognito user reaches only fields that name one of the user's groups. */
function defaultAccess([mode]: AuthMode[]): Access[] {
  const denied = mode?.type === 'AMAZON_COGNITO_USER_POOLS' && mode.defaultAction === 'DENY';
  return mode && !denied ? [{ mode: mode.type, groups: null }] : [];
}
