import { RUN } from '../resource-types.ts';
import { appsyncIdentities } from './appsync.ts';
import { dataIdentities } from './data.ts';
import type { Identity } from './identity.ts';
import { physicalName } from './names.ts';
import { otherIdentities } from './other.ts';

const known: Record<string, Identity> = { ...appsyncIdentities, ...dataIdentities, ...otherIdentities };

/**
 * Unknown types have an invented name, and attributes made from it. Nothing that runs here needs them, but texts may contain
 * them, such as an environment variable with the address of a website.
 */
const unlisted: Identity = {
  ref: (resource) => physicalName(resource.stackName, resource.logicalId),
  attributes: {},
  otherAttribute: (name) => (resource) => `${unlisted.ref(resource)}.${name}`,
};

/** Whether the result of `Ref` for a resource type is invented. */
export const isUnlisted = (type: string): boolean => known[type] === undefined;

/** The results of `Ref` and `Fn::GetAtt` for a resource type such as `AWS::DynamoDB::Table`. */
export function identityOf(type: string): Identity {
  const identity = known[type] ?? unlisted;
  // What does not run here may have more attributes than are listed, such as the WebsiteURL of a bucket.
  return RUN.has(type) ? identity : { otherAttribute: unlisted.otherAttribute!, ...identity };
}
