import { expect, test } from 'vitest';
import { readable, resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

/** A statement's action on a resource, for one of the roles that have its policy. */
interface Allowed {
  role: string;
  action: string;
  resource: string;
}

const { template } = synthesize();
const roles = resources(template, 'AWS::IAM::Role');
const policies = [...resources(template, 'AWS::IAM::Policy').values()].map(({ Properties }) => Properties);

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]);
const allowed: Allowed[] = policies.flatMap(({ Roles, PolicyDocument }) =>
  (Roles as unknown[])
    .map(readable)
    .flatMap((role) =>
      (PolicyDocument.Statement as Statement[]).flatMap(({ Action, Resource }) =>
        listed(Action).flatMap((action) =>
          listed(Resource).map((resource) => ({ role, action, resource: readable(resource) })),
        ),
      ),
    ),
);

test.each([...roles])(
  '%s is assumed by one AWS service, and has inline policies only',
  (name, { Properties }) => {
    const { AssumeRolePolicyDocument, ...rest } = Properties;

    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: expect.stringMatching(/^(appsync|lambda)\.amazonaws\.com$/) },
      },
    ]);
    expect(rest).toEqual({});
  },
);

test('there are no managed policies and no resource policies', () => {
  const types = [...resources(template).values()].map(({ Type }) => Type);

  expect(types.filter((type) => /Permission|ManagedPolicy|ResourcePolicy/.test(type))).toEqual([]);
});

/** They have no resource-level permissions (Service Authorization Reference, X-Ray and DynamoDB). */
const ON_EVERYTHING = ['dynamodb:ListStreams', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

test('statements only allow, name each action, and name each resource where IAM can', () => {
  expect(allowed.length).toBeGreaterThan(0);
  expect(statements.filter(({ Effect }) => Effect !== 'Allow')).toEqual([]);
  expect(statements.filter((statement) => 'NotAction' in statement || 'NotResource' in statement)).toEqual(
    [],
  );
  expect(allowed.filter(({ action }) => action.includes('*'))).toEqual([]);
  expect(
    allowed.filter(({ action, resource }) => resource.includes('*') && !ON_EVERYTHING.includes(action)),
  ).toEqual([]);
});

/** What each role needs beside what it does: to write its logs and traces, and to give up what fails. */
const BESIDE = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:SendMessage',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/**
 * The local server refuses calls of these services without a grant, and the contract suite fails for a grant that no test needs
 * (tests/api/harness/grants-setup.ts). Of other services nobody would notice either.
 */
test('what the contract suite cannot judge is logs, traces and dead letters', () => {
  const unjudged = allowed.filter(({ action }) => !/^(appsync|dynamodb|lambda):/.test(action));

  expect(unjudged.filter(({ action }) => !BESIDE.includes(action))).toEqual([]);
});

test('a role writes to no other log group than its own', () => {
  const logs = allowed.filter(({ action }) => action.startsWith('logs:'));
  const groups = new Map(logs.map(({ role, resource }) => [resource, role]));

  expect(logs.length).toBeGreaterThan(0);
  for (const { role, resource } of logs) {
    expect(groups.get(resource)).toBe(role);
    expect(resource).toMatch(/Logs\.Arn$/);
  }
});
