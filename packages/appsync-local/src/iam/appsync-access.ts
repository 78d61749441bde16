import type { Access } from './access.ts';

/**
 * Policies name fields of the three root types; what those return may be read by whoever may ask for it (AppSync developer guide,
 * "AWS_IAM authorization"; CDK's `grantMutation` allows `types/Mutation/*` and nothing of other types).
 */
const ROOT = /^(Query|Mutation|Subscription)\.(\w+)$/;

/** @param coordinate `Mutation.putItem` @returns undefined for a field that policies do not speak of */
export function graphqlAccess(apiArn: string, coordinate: string): Access | undefined {
  const [, type, field] = ROOT.exec(coordinate) ?? [];
  return type === undefined
    ? undefined
    : { action: 'appsync:GraphQL', resource: `${apiArn}/types/${type}/fields/${field}` };
}
