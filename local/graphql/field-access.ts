import { Kind, type ConstDirectiveNode, type GraphQLSchema, isObjectType } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { AuthenticationType, AuthMode } from '../template/model.ts';

/** The authorization directives, with the places AppSync's own introspection lists for them. */
export const AWS_DIRECTIVES_SDL = `
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
directive @aws_cognito_user_pools(cognito_groups: [String]) on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_api_key on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_iam on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_oidc on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_lambda on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
`;

/** One alternative of a field's rule: callers of this mode, of one of these groups when any are named. */
interface Access {
  mode: AuthenticationType;
  groups: string[] | null;
}

/** Who may read each field: `Type.field` to alternatives, any one of which suffices. */
export type FieldRules = Map<string, Access[]>;

const MODE_OF_DIRECTIVE: Record<string, AuthenticationType> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
};

/**
 * Works out every field's rule once: directives on a field replace those on its type, several are alternatives, and a
 * field with none of either is open to the default mode only (AppSync developer guide, "Using additional authorization
 * modes").
 */
export function fieldRules(schema: GraphQLSchema, modes: AuthMode[]): FieldRules {
  const rules: FieldRules = new Map();
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    const ofType = alternatives(type.astNode?.directives, modes);
    for (const field of Object.values(type.getFields())) {
      const ofField = alternatives(field.astNode?.directives, modes);
      rules.set(`${type.name}.${field.name}`, ofField ?? ofType ?? defaultAccess(modes));
    }
  }
  return rules;
}

/** Whether the caller may reach a field. Introspection's own fields are open to everybody who got this far. */
export function mayAccess(rules: FieldRules, caller: Caller, typeName: string, fieldName: string): boolean {
  const rule = rules.get(`${typeName}.${fieldName}`);
  return (
    !rule ||
    typeName.startsWith('__') ||
    rule.some(
      ({ mode, groups }) =>
        mode === caller.mode && (groups === null || groups.some((group) => caller.groups.includes(group))),
    )
  );
}

function alternatives(
  directives: readonly ConstDirectiveNode[] | undefined,
  modes: AuthMode[],
): Access[] | null {
  const found = (directives ?? []).flatMap((directive) => {
    const mode = MODE_OF_DIRECTIVE[directive.name.value];
    if (mode) {
      return [{ mode, groups: groupsOf(directive) }];
    }
    // `@aws_auth` counts only where Cognito is the only mode.
    return directive.name.value === 'aws_auth' && modes.length === 1
      ? [{ mode: 'AMAZON_COGNITO_USER_POOLS' as const, groups: groupsOf(directive) }]
      : [];
  });
  return found.length > 0 ? found : null;
}

function groupsOf(directive: ConstDirectiveNode): string[] | null {
  const value = directive.arguments?.find(({ name }) => name.value === 'cognito_groups')?.value;
  return value?.kind === Kind.LIST
    ? value.values.flatMap((node) => (node.kind === Kind.STRING ? [node.value] : []))
    : null;
}

/** With `DefaultAction: DENY` a Cognito user reaches only fields that name one of its groups. */
function defaultAccess([mode]: AuthMode[]): Access[] {
  const denied = mode?.type === 'AMAZON_COGNITO_USER_POOLS' && mode.defaultAction === 'DENY';
  return mode && !denied ? [{ mode: mode.type, groups: null }] : [];
}
