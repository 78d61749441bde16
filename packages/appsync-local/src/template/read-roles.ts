import { isRecord } from '../ground/record.ts';
import type { RoleModel } from './app-model.ts';
import type { Resource } from './resource.ts';

/** Where CloudFormation lists the roles that a policy is attached to, by the policy's type. */
const ROLES_OF: Record<string, (policy: Resource) => unknown> = {
  'AWS::IAM::Policy': (policy) => policy.known('Roles'),
  'AWS::IAM::ManagedPolicy': (policy) => policy.known('Roles'),
  'AWS::IAM::RolePolicy': (policy) => [policy.known('RoleName')],
};

/**
 * The roles of the template, with their inline policies and those attached to them from either side. What IAM would refuse, such as a
 * policy without a document, is left to the deployment.
 */
export function readRoles(resources: Resource[]): RoleModel[] {
  const policies = resources.filter(({ type }) => type in ROLES_OF);
  const managed = new Map(
    policies.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy').map((policy) => [policy.ref(), policy]),
  );
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((role) => readRole(role, policies, managed));
}

function readRole(role: Resource, policies: Resource[], managed: Map<string, Resource>): RoleModel {
  const name = role.ref();
  const attached = policies.filter((policy) => texts(ROLES_OF[policy.type]!(policy)).includes(name));
  const named = texts(role.known('ManagedPolicyArns'));
  const boundary = role.known('PermissionsBoundary');
  const own = named.flatMap((arn) => managed.get(arn) ?? []);
  return {
    logicalId: role.logicalId,
    name,
    arn: role.attribute('Arn'),
    id: role.attribute('RoleId'),
    documents: [
      ...listed(role.known('Policies')).map((policy) => (isRecord(policy) ? policy['PolicyDocument'] : null)),
      ...[...new Set([...attached, ...own])].map((policy) => policy.known('PolicyDocument')),
    ],
    otherPolicies: named.filter((arn) => !managed.has(arn)),
    ...(boundary !== undefined && { boundary: boundaryOf(boundary, managed) }),
  };
}

function boundaryOf(boundary: unknown, managed: Map<string, Resource>): RoleModel['boundary'] {
  const arn = String(boundary);
  const policy = managed.get(arn);
  return policy
    ? { documents: [policy.known('PolicyDocument')], otherPolicies: [] }
    : { documents: [], otherPolicies: [arn] };
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What cannot be resolved is shown as it is: a policy nobody knows, or a role that is not here. */
const texts = (value: unknown): string[] => listed(value).map(String);
