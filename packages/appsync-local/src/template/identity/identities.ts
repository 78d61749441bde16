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

/** The results of `Ref` and `Fn::GetAtt` for a resource type such as `AWS::DynamoDB::Table`. */
export const identityOf = (type: string): Identity => known[type] ?? unlisted;
