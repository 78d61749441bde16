import type { AuthMode, UserPoolModel } from './app-model.ts';
import type { Resource } from './resource.ts';

/**
 * Reads user pools with their clients. A pool that an authorization mode names but the template only imports has its id as its
 * logical id and no clients, so that tokens can still be issued for it locally.
 */
export function readUserPools(resources: Resource[], modes: AuthMode[]): UserPoolModel[] {
  const clients = resources.filter(({ type }) => type === 'AWS::Cognito::UserPoolClient').map(readClient);
  const declared = resources
    .filter(({ type }) => type === 'AWS::Cognito::UserPool')
    .map((pool) => ({ logicalId: pool.logicalId, userPoolId: pool.ref() }));
  const known = new Set(declared.map(({ userPoolId }) => userPoolId));
  const imported = poolIds(modes).filter((id) => !known.has(id));
  return [...declared, ...imported.map((id) => ({ logicalId: id, userPoolId: id }))].map((pool) => ({
    ...pool,
    clients: clients
      .filter(({ userPoolId }) => userPoolId === pool.userPoolId)
      .map(({ logicalId, clientId }) => ({ logicalId, clientId })),
  }));
}

const poolIds = (modes: AuthMode[]): string[] => [
  ...new Set(modes.flatMap((mode) => (mode.type === 'AMAZON_COGNITO_USER_POOLS' ? [mode.userPoolId] : []))),
];

const readClient = (client: Resource) => ({
  logicalId: client.logicalId,
  clientId: client.ref(),
  userPoolId: client.properties.text('UserPoolId'),
});
