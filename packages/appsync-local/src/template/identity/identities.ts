import { appsyncIdentities } from './appsync.ts';
import { dataIdentities } from './data.ts';
import type { Identity } from './identity.ts';
import { physicalName } from './names.ts';
import { otherIdentities } from './other.ts';

const known: Record<string, Identity> = { ...appsyncIdentities, ...dataIdentities, ...otherIdentities };

/** Types without an entry have a made-up name and no attributes. */
const unlisted: Identity = {
  ref: (resource) => physicalName(resource.stackName, resource.logicalId),
  attributes: {},
};

/** What `Ref` and `Fn::GetAtt` answer for a resource type such as `AWS::DynamoDB::Table`. */
export const identityOf = (type: string): Identity => known[type] ?? unlisted;
