import { appsyncIdentities } from './appsync.ts';
import { dataIdentities } from './data.ts';
import type { Identity } from './identity.ts';
import { physicalName } from './names.ts';
import { otherIdentities } from './other.ts';

const known: Record<string, Identity> = { ...appsyncIdentities, ...dataIdentities, ...otherIdentities };

/**
 * Types that this server has never heard of have a made-up name, and attributes made of it. What runs here needs none of them; texts such
 * as an environment variable with the address of a website may have them in it.
 */
const unlisted: Identity = {
  ref: (resource) => physicalName(resource.stackName, resource.logicalId),
  attributes: {},
  otherAttribute: (name) => (resource) => `${unlisted.ref(resource)}.${name}`,
};

/** What `Ref` and `Fn::GetAtt` answer for a resource type such as `AWS::DynamoDB::Table`. */
export const identityOf = (type: string): Identity => known[type] ?? unlisted;
