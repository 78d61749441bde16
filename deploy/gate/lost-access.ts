import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { Api, Mode } from './api.ts';
import type { Loss } from './loss.ts';

/** AppSync's directives and the modes that they let in (Developer Guide, "Using multiple authorization types"). */
const DIRECTIVES: Readonly<Record<string, Mode>> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
};

/** The modes that a field lets in; of Cognito users possibly only some groups. */
type Access = ReadonlyMap<Mode, readonly string[] | 'all'>;

type Field = GraphQLField<unknown, unknown>;

/** Fields that some callers could ask for and no longer can, and subscriptions that hear of less. */
export function lostAccess(before: Api, after: Api): Loss[] {
  const modes = before.modes.filter((mode) => !after.modes.includes(mode));
  const rest = { ...before, modes: before.modes.filter((mode) => after.modes.includes(mode)) };
  const others = rest.modes.filter((mode) => before.issuers.get(mode) !== after.issuers.get(mode));
  return [
    ...modes.map(lostMode),
    ...others.map(otherIssuer),
    ...sharedFields(rest, after).flatMap(lossesOfField),
  ];
}

const lostMode = (mode: Mode): Loss => ({
  name: `access:${mode}`,
  what: `The API would no longer accept ${mode}: callers that use it would be refused.`,
  instead: 'Move these callers to another mode first.',
});

const otherIssuer = (mode: Mode): Loss => ({
  name: `access:${mode}`,
  what: `The API would accept ${mode} from another issuer, or on other conditions: existing tokens may be refused.`,
  instead:
    'Look at UserPoolConfig or OpenIDConnectConfig of the API, and allow this once no caller has such a token.',
});

interface Shared {
  path: string;
  old: Field;
  now: Field;
  access: { old: Access; now: Access };
}

/** The fields that both have. A removed one is brokenSchema's. */
function sharedFields(before: Api, after: Api): Shared[] {
  return objectTypes(before).flatMap((oldType) => {
    const type = after.schema.getType(oldType.name);
    return Object.values(oldType.getFields()).flatMap((old) => {
      const now = isObjectType(type) ? type.getFields()[old.name] : undefined;
      if (!now || !isObjectType(type)) {
        return [];
      }
      const access = { old: accessOf(old, oldType, before), now: accessOf(now, type, after) };
      return [{ path: `${oldType.name}.${old.name}`, old, now, access }];
    });
  });
}

const objectTypes = ({ schema }: Api): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );

/** A directive of the field counts before those of its type, and the API's default mode where there is none. */
function accessOf(field: Field, type: GraphQLObjectType, { modes }: Api): Access {
  const directives = [field, type]
    .map(({ astNode }) => astNode?.directives?.filter((directive) => counts(directive, modes)) ?? [])
    .find(({ length }) => length > 0);
  const access = directives?.map((each) => [DIRECTIVES[each.name.value]!, groupsOf(each)] as const);
  return new Map((access ?? [[modes[0]!, 'all'] as const]).filter(([mode]) => modes.includes(mode)));
}

/** AppSync ignores `@aws_auth` beside other modes, and `@aws_cognito_user_pools` where Cognito is the only one (Developer Guide, the same page). */
function counts({ name }: ConstDirectiveNode, modes: readonly Mode[]): boolean {
  const onlyCognito = modes.length === 1 && modes[0] === 'AMAZON_COGNITO_USER_POOLS';
  const ignored = onlyCognito ? 'aws_cognito_user_pools' : 'aws_auth';
  return name.value in DIRECTIVES && name.value !== ignored;
}

const groupsOf = (directive: ConstDirectiveNode): readonly string[] | 'all' =>
  textsOf(directive, 'cognito_groups') ?? 'all';

const textsOf = ({ arguments: given }: ConstDirectiveNode, name: string): string[] | undefined =>
  given
    ?.filter((argument) => argument.name.value === name)
    .map(({ value }) => [valueFromASTUntyped(value)].flat() as string[])[0];

function lossesOfField({ path, old, now, access }: Shared): Loss[] {
  const callers = [...access.old].flatMap(([mode, groups]) =>
    lostCallers(mode, groups, access.now.get(mode)),
  );
  const mutations = heard(old).filter((mutation) => !heard(now).includes(mutation));
  return [
    ...(callers.length > 0
      ? [
          {
            name: `access:${path}`,
            what: `${path} would be closed to ${callers.join(' and ')}: their requests would fail with Unauthorized.`,
            instead: 'Keep the directive until none of these callers asks for it.',
          },
        ]
      : []),
    ...(mutations.length > 0
      ? [
          {
            name: `subscription:${path}`,
            what: `${path} would no longer receive ${mutations.join(' and ')}: subscribers would get no data and no error.`,
            instead: 'Keep the mutation in @aws_subscribe until nobody subscribes for it.',
          },
        ]
      : []),
  ];
}

function lostCallers(
  mode: Mode,
  old: readonly string[] | 'all',
  now: readonly string[] | 'all' | undefined,
): string[] {
  if (now === undefined) {
    return [old === 'all' ? mode : `${mode} (${old.join(', ')})`];
  }
  if (now === 'all') {
    return [];
  }
  const lost =
    old === 'all' ? [`all groups but ${now.join(', ')}`] : old.filter((group) => !now.includes(group));
  return lost.length > 0 ? [`${mode} (${lost.join(', ')})`] : [];
}

/** The mutations that a field of Subscription hears of. */
const heard = ({ astNode }: Field): readonly string[] =>
  astNode?.directives
    ?.filter(({ name }) => name.value === 'aws_subscribe')
    .flatMap((directive) => textsOf(directive, 'mutations') ?? []) ?? [];
