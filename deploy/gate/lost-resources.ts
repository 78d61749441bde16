import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Loss } from './loss.ts';
import { resourcesOf, type Template } from './template.ts';

interface Kept {
  /** What people call it. */
  called: string;
  /** What it means that it is no longer the stage's. */
  loses: string;
  /** How to get there without that. */
  instead: string;
}

const TABLE: Kept = {
  called: 'table',
  loses: 'The stage would lose its items.',
  instead:
    'To use a new table, add it beside this one, deploy, copy the items (docs/transfer.md), and remove this one last.',
};

/** Types whose resources hold data, or are known outside by their ids. A resource of another type can be created anew. */
export const KEPT: Readonly<Record<string, Kept>> = {
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::Cognito::UserPool': {
    called: 'user pool',
    loses:
      'The stage would lose its users: passwords cannot be exported, and a user who signs up again gets another sub and does not own the old items.',
    instead:
      'Add the new pool beside this one, and let users move when they sign in (a Lambda trigger, UserMigration).',
  },
  'AWS::Cognito::UserPoolClient': {
    called: 'app client',
    loses: 'Front ends know its id, and nobody can sign in with it any longer.',
    instead: 'Add the new client beside this one, move the front ends to it, and then remove this one.',
  },
  'AWS::Cognito::UserPoolGroup': {
    called: 'group',
    loses: 'Its members are no longer in it.',
    instead:
      'Save the list of members (aws cognito-idp list-users-in-group), and add them again after the deployment.',
  },
  'AWS::AppSync::GraphQLApi': {
    called: 'API',
    loses: 'Clients know its URLs and its key, which stop working.',
    instead:
      'Deploy the new API as another stack (-c name=…), move the clients to it, and then remove this one.',
  },
  'AWS::AppSync::ApiKey': {
    called: 'API key',
    loses: 'Clients that have it get 401.',
    instead: 'Move the clients to a second key first: docs/operations.md, "Keys and credentials".',
  },
  'AWS::AppSync::DomainName': {
    called: 'domain name',
    loses: 'Clients that use it find no API until its DNS record points to the new target.',
    instead: 'Deploy the new name beside it, in another stack, and move the clients first.',
  },
  'AWS::Cognito::UserPoolDomain': {
    called: 'domain of the sign-in page',
    loses: 'Front ends send users to its URL, which stops working.',
    instead: 'Move the front ends at the same time; a user pool has only one domain.',
  },
  'AWS::Backup::BackupVault': {
    called: 'backup vault',
    loses: 'The stage would lose its monthly backups.',
    instead: 'Keep it for as long as a backup in it may be needed.',
  },
  'AWS::KMS::Key': {
    called: 'key',
    loses: 'What it encrypts can no longer be read, backups included.',
    instead: 'Let the tables use another key first, and keep this one for as long as a backup needs it.',
  },
  // part: change-feed
  'AWS::SQS::Queue': {
    called: 'queue',
    loses: 'The dead letters in it would be lost.',
    instead: 'Empty it first: docs/operations.md, "The change feed\'s dead letters".',
  },
  'AWS::Lambda::EventSourceMapping': {
    called: 'event source mapping',
    loses:
      'The new one reads the stream from its oldest record: the changes of the last 24 hours are published again, with the same order.',
    instead: 'Clients that compare order drop the repeats; if all of yours do, allow this.',
  },
  // end: change-feed
};

/**
 * Properties that are fixed when a resource is created, though AWS's resource schemas do not say so. Of a pool, the CloudFormation User Guide
 * has replacement for the first two (awsdocs/aws-cloudformation-user-guide#53); an update of the third was seen to fail with "Updates are not
 * allowed for property - UsernameConfiguration" (aws-amplify/amplify-cli#4227, aws-samples/sample-voice-of-customer-datalake#184).
 * UpdateGraphqlApi takes no visibility (AppSync API reference).
 */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
  'AWS::AppSync::GraphQLApi': ['Visibility'],
};

/** Resources that would be removed or replaced though they hold data or are known outside. */
export function lostResources(before: Template, after: Template): Loss[] {
  const { resources } = fullDiff(before, after);
  return Object.entries(resources.changes).flatMap(([id, change]) => {
    const kept = KEPT[change.oldResourceType ?? ''];
    return kept ? (lossOf(id, kept, change, newOfType(change, before, after)) ?? []) : [];
  });
}

/** A resource of the same type that the old template lacks. */
const newOfType = ({ oldResourceType }: ResourceDifference, before: Template, after: Template) =>
  resourcesOf(after, oldResourceType!).find(([id]) => !(id in before.Resources))?.[0];

function lossOf(id: string, kept: Kept, change: ResourceDifference, another?: string): Loss | null {
  switch (change.changeImpact) {
    case ResourceImpact.WILL_DESTROY:
    case ResourceImpact.WILL_ORPHAN:
      return removed(id, kept, change, another);
    case ResourceImpact.WILL_REPLACE:
    case ResourceImpact.MAY_REPLACE:
      return replaced(id, kept, change);
    case ResourceImpact.WILL_UPDATE:
      return causesOf(change).length > 0 ? replaced(id, kept, change) : null;
    case ResourceImpact.WILL_CREATE:
    case ResourceImpact.WILL_IMPORT:
    case ResourceImpact.NO_CHANGE:
      return null;
  }
}

function removed(
  id: string,
  { called, loses, instead }: Kept,
  change: ResourceDifference,
  another?: string,
): Loss {
  const fate =
    change.changeImpact === ResourceImpact.WILL_ORPHAN ? 'leave it behind, outside the stack' : 'delete it';
  return {
    name: `remove:${id}`,
    what: `The ${called} ${id} is no longer in the template: CloudFormation would ${fate}. ${loses}`,
    instead: another
      ? `If ${another} is to be the same ${called}, keep its construct where it was, or call overrideLogicalId('${id}') on it. ${instead}`
      : `Put it back. ${instead}`,
  };
}

function replaced(id: string, { called, loses, instead }: Kept, change: ResourceDifference): Loss {
  const because = causesOf(change).join(' and ');
  const may = change.changeImpact === ResourceImpact.WILL_REPLACE ? 'would' : 'may';
  const fate =
    change.oldValue?.UpdateReplacePolicy === 'Retain' ? 'leave the old one behind' : 'delete the old one';
  return {
    name: `replace:${id}`,
    what: `The ${called} ${id} ${may} be replaced, because ${because} changes: CloudFormation would create a new one and ${fate}. ${loses}`,
    instead: `Undo the change of ${because}. ${instead}`,
  };
}

/** The properties whose change replaces the resource, by AWS's own resource schemas and `FIXED`. */
function causesOf({ resourceTypeChanged, oldResourceType, propertyUpdates }: ResourceDifference): string[] {
  const fixed = FIXED[oldResourceType ?? ''] ?? [];
  const causes = Object.entries(propertyUpdates).filter(
    ([name, { changeImpact }]) =>
      [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(changeImpact!) ||
      fixed.includes(name),
  );
  return resourceTypeChanged ? ['Type'] : causes.map(([name]) => name);
}
