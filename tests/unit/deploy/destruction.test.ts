import { expect, it, vi } from 'vitest';
import { openAccount } from '../../../deploy/deployed.ts';
import { tellDestruction } from '../../../deploy/destruction.ts';
import { type Answer, awsOfEachTest, refusal, stackOf, template } from './harness/aws.ts';

const startAws = awsOfEachTest();
const STACK = { name: 'appsync-items-dev', template: { Resources: {} }, isProtected: false, roles: [] };

async function told(answers: Record<string, Answer>): Promise<string> {
  await startAws(answers);
  const print = vi.spyOn(console, 'error').mockReturnValue();
  try {
    await tellDestruction(await openAccount(), [STACK]);
    return print.mock.calls.join('\n');
  } finally {
    print.mockRestore();
  }
}

const RESOURCES = JSON.stringify({
  Resources: {
    Items: { Type: 'AWS::DynamoDB::GlobalTable', DeletionPolicy: 'Delete' },
    Pool: { Type: 'AWS::Cognito::UserPool', DeletionPolicy: 'Retain' },
    Role: { Type: 'AWS::IAM::Role' },
  },
});

it('says which stack goes, where it is, what goes with it and what stays', async () => {
  expect(await told({ DescribeStacks: stackOf('UPDATE_COMPLETE'), GetTemplate: template(RESOURCES) })).toBe(
    [
      'appsync-items-dev in account 123456789012, eu-west-1 is to be deleted.',
      '  For good, with all that is in them:',
      '    table Items',
      '  They stay, outside any stack (docs/deploying.md):',
      '    user pool Pool',
    ].join('\n'),
  );
});

it('says that there is nothing', async () => {
  const absent = refusal('ValidationError', 'Stack with id appsync-items-dev does not exist');

  expect(await told({ DescribeStacks: absent })).toBe(
    'appsync-items-dev is not deployed in account 123456789012, eu-west-1: there is nothing to delete.',
  );
});

it('refuses a stack with termination protection, with the way out', async () => {
  const isProtected = { DescribeStacks: stackOf('UPDATE_COMPLETE', true), GetTemplate: template(RESOURCES) };

  await expect(told(isProtected)).rejects.toThrow(
    /has termination protection.*--region eu-west-1 --no-enable-termination-protection$/,
  );
});
