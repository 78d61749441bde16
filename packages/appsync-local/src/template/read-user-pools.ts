import type { AuthMode, ClientSignInModel, UserPoolClientModel, UserPoolModel } from './app-model.ts';
import type { Reader } from './reader.ts';
import { ofTypes, type Resource } from './resource.ts';

/**
 * Reads user pools with their clients and groups. A pool that an authorization mode names but the template only imports has its id
 * as its logical id and no clients, so that tokens can still be issued for it locally.
 */
export function readUserPools(resources: Resource[], modes: AuthMode[]): UserPoolModel[] {
  const declared = ofTypes(resources, 'AWS::Cognito::UserPool').map((pool) => ({
    logicalId: pool.logicalId,
    userPoolId: pool.ref(),
  }));
  const known = new Set(declared.map(({ userPoolId }) => userPoolId));
  const imported = poolIds(modes).filter((id) => !known.has(id));
  return [...declared, ...imported.map((id) => ({ logicalId: id, userPoolId: id }))].map((pool) => {
    const ofPool = (type: string): Resource[] =>
      ofTypes(resources, type).filter(({ properties }) => properties.text('UserPoolId') === pool.userPoolId);
    const groups = ofPool('AWS::Cognito::UserPoolGroup').map(groupName);
    return {
      ...pool,
      clients: ofPool('AWS::Cognito::UserPoolClient').map(readClient),
      ...(groups.length > 0 && { groups }),
      ...(ofPool('AWS::Cognito::UserPoolDomain').length > 0 && { hasDomain: true }),
    };
  });
}

const poolIds = (modes: AuthMode[]): string[] => [
  ...new Set(modes.flatMap((mode) => (mode.type === 'AMAZON_COGNITO_USER_POOLS' ? [mode.userPoolId] : []))),
];

const groupName = (group: Resource): string => group.properties.optionalText('GroupName') ?? group.ref();

const readClient = (client: Resource): UserPoolClientModel => ({
  logicalId: client.logicalId,
  clientId: client.ref(),
  signIn: readSignIn(client.properties),
});

/** Cognito's own, without `ExplicitAuthFlows` (Cognito API reference, CreateUserPoolClient). */
export const DEFAULT_AUTH_FLOWS = ['REFRESH_TOKEN_AUTH', 'USER_SRP_AUTH', 'CUSTOM_AUTH'];

function readSignIn(properties: Reader): ClientSignInModel {
  const texts = (name: string): string[] => properties.list(name).map(String);
  const authFlows = texts('ExplicitAuthFlows').map((flow) => flow.replace(/^ALLOW_/, ''));
  const units = properties.optionalSection('TokenValidityUnits');
  const seconds = (token: string, usual: number, usualUnit: string): number =>
    (properties.optionalNumber(`${token}Validity`) ?? usual) *
    (SECONDS_OF[units?.optionalText(token) ?? usualUnit] ?? 1);
  return {
    authFlows: authFlows.length > 0 ? authFlows : DEFAULT_AUTH_FLOWS,
    oauthFlows: properties.flag('AllowedOAuthFlowsUserPoolClient') ? texts('AllowedOAuthFlows') : [],
    scopes: texts('AllowedOAuthScopes'),
    callbackUrls: texts('CallbackURLs'),
    logoutUrls: texts('LogoutURLs'),
    accessTokenSeconds: seconds('AccessToken', 1, 'hours'),
    idTokenSeconds: seconds('IdToken', 1, 'hours'),
    refreshTokenSeconds: seconds('RefreshToken', 30, 'days'),
  };
}

/** TokenValidityUnits. */
const SECONDS_OF: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
