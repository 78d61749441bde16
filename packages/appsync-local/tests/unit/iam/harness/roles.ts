import { createRole, type Role } from '../../../../src/iam/role.ts';
import type { RoleModel } from '../../../../src/template/app-model.ts';

export const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/Items';

type Statement = Record<string, unknown>;

/** A role with these statements as its one policy. */
export function roleWith(statements: Statement[] | Statement, more: Partial<RoleModel> = {}): Role {
  return createRole(
    {
      logicalId: 'ItemsRole',
      name: 'Items-Role',
      id: 'AROALOCAL',
      arn: 'arn:aws:iam::111122223333:role/Items-Role',
      documents: [{ Version: '2012-10-17', Statement: statements }],
      otherPolicies: [],
      ...more,
    },
    'APPSYNC_ASSUME_ROLE',
  );
}

export const allow = (Action: unknown, Resource: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const deny = (Action: unknown, Resource: unknown, more: Statement = {}): Statement => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
