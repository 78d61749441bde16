import { expect, test } from 'vitest';
import { readWith, resource } from './harness/minimal-api.ts';

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const statement = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const role = (more: Record<string, unknown> = {}) =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: document(), ...more });

const onlyRole = (resources: Record<string, Record<string, unknown>>) => readWith(resources).roles[0]!;

test('a role has its inline policies and those that are attached from either side', () => {
  const attached = { PolicyName: 'p', Roles: [{ Ref: 'Reader' }] };

  const { documents, otherPolicies, name, arn } = onlyRole({
    Reader: role({
      RoleName: 'reader',
      Policies: [{ PolicyName: 'a', PolicyDocument: document(statement('a:A', '*')) }],
      ManagedPolicyArns: [{ Ref: 'Ours' }, 'arn:aws:iam::aws:policy/AdministratorAccess'],
    }),
    Other: role(),
    Attached: resource('AWS::IAM::Policy', { ...attached, PolicyDocument: document(statement('b:B', '*')) }),
    Single: resource('AWS::IAM::RolePolicy', {
      PolicyName: 'c',
      RoleName: { Ref: 'Reader' },
      PolicyDocument: document(statement('c:C', '*')),
    }),
    Ours: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(statement('d:D', '*')) }),
    Theirs: resource('AWS::IAM::ManagedPolicy', {
      ...attached,
      PolicyDocument: document(statement('e:E', '*')),
    }),
    OfOther: resource('AWS::IAM::Policy', {
      PolicyName: 'f',
      Roles: [{ Ref: 'Other' }],
      PolicyDocument: document(statement('f:F', '*')),
    }),
  });

  expect(name).toBe('reader');
  expect(arn).toBe('arn:aws:iam::000000000000:role/reader');
  expect(
    JSON.stringify(documents)
      .match(/\w:\w(?=")/g)!
      .sort(),
  ).toEqual(['a:A', 'b:B', 'c:C', 'd:D', 'e:E']);
  expect(otherPolicies).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
});

test('what cannot be resolved is null, and nothing else is lost', () => {
  const { documents } = onlyRole({
    Reader: role({
      Policies: [
        {
          PolicyName: 'a',
          PolicyDocument: document(
            statement('a:A', [{ 'Fn::ImportValue': 'Nobody' }, 'arn:aws:s3:::bucket']),
            statement('b:B', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, '/*']] }),
          ),
        },
      ],
    }),
  });

  expect(documents).toEqual([
    document(statement('a:A', [null, 'arn:aws:s3:::bucket']), statement('b:B', null)),
  ]);
});

test('a permissions boundary is read, one of the template or another', () => {
  const boundaryOf = (PermissionsBoundary: unknown) =>
    onlyRole({
      Reader: role({ PermissionsBoundary }),
      Limit: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(statement('a:A', '*')) }),
    }).boundary;

  expect(boundaryOf({ Ref: 'Limit' })).toEqual({
    documents: [document(statement('a:A', '*'))],
    otherPolicies: [],
  });
  expect(boundaryOf('arn:aws:iam::111122223333:policy/Limit')).toEqual({
    documents: [],
    otherPolicies: ['arn:aws:iam::111122223333:policy/Limit'],
  });
});

test('a data source and a Lambda function name their roles, also where these are elsewhere', () => {
  const app = readWith({
    Greet: resource('AWS::Lambda::Function', {
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => null' },
      Role: { 'Fn::GetAtt': ['Reader', 'Arn'] },
    }),
    Reader: role(),
    GreetSource: resource('AWS::AppSync::DataSource', {
      ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] },
      Name: 'Greet',
      Type: 'AWS_LAMBDA',
      ServiceRoleArn: { 'Fn::ImportValue': 'Nobody' },
      LambdaConfig: {
        LambdaFunctionArn: { 'Fn::Join': [':', [{ 'Fn::GetAtt': ['Greet', 'Arn'] }, 'live']] },
      },
    }),
  });

  expect(app.lambdaFunctions[0]!.roleArn).toBe(app.roles[0]!.arn);
  const source = app.api.dataSources.find(({ name }) => name === 'Greet')!;
  expect(source).not.toHaveProperty('roleArn');
  expect(source).toMatchObject({ invokedArn: `${app.lambdaFunctions[0]!.arn}:live` });
});
