import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, describe, expect, it } from 'vitest';
import { Users } from '../../../../deploy/stage/users.ts';
import { type Answer, type Aws, json, startAws } from '../harness/aws.ts';

let aws: Aws;
async function pool(answers: Record<string, Answer>): Promise<Users> {
  aws = await startAws(answers);
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
  const client = new CognitoIdentityProviderClient({ endpoint: aws.url, region: 'eu-west-1', credentials });
  return new Users(client, 'eu-west-1_Pool');
}
afterEach(() => aws.close());

const DONE = json({});
const alice = { UserPoolId: 'eu-west-1_Pool', Username: 'alice' };

describe('users of a deployed pool', () => {
  it('are added with a password for good and their groups, and get no mail', async () => {
    const users = await pool({
      AdminCreateUser: DONE,
      AdminSetUserPassword: DONE,
      AdminAddUserToGroup: DONE,
    });

    await users.add({ name: 'alice', groups: ['admins'], password: 'Right-1234567' });

    expect(aws.bodies).toEqual([
      { action: 'AdminCreateUser', input: { ...alice, UserAttributes: [], MessageAction: 'SUPPRESS' } },
      { action: 'AdminSetUserPassword', input: { ...alice, Password: 'Right-1234567', Permanent: true } },
      { action: 'AdminAddUserToGroup', input: { ...alice, GroupName: 'admins' } },
    ]);
  });

  it('are invited by mail', async () => {
    const users = await pool({ AdminCreateUser: DONE });

    await users.add({ name: 'alice', groups: [], email: 'alice@example.com' });

    expect(aws.bodies.map(({ input }) => input)).toEqual([
      {
        ...alice,
        UserAttributes: [
          { Name: 'email', Value: 'alice@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
      },
    ]);
  });

  it('do not stay without the password or the group they were to have', async () => {
    const users = await pool({
      AdminCreateUser: DONE,
      AdminSetUserPassword: DONE,
      AdminAddUserToGroup: json({ __type: 'ResourceNotFoundException', message: 'Group not found.' }, 400),
      AdminDeleteUser: DONE,
    });

    await expect(users.add({ name: 'alice', groups: ['admin'], password: 'x' })).rejects.toThrow(
      'alice in admin: Group not found. (ResourceNotFoundException)',
    );
    expect(aws.bodies.at(-1)).toEqual({ action: 'AdminDeleteUser', input: alice });
  });

  it('that exist are not touched by one who adds them again', async () => {
    const users = await pool({
      AdminCreateUser: json(
        { __type: 'UsernameExistsException', message: 'User account already exists' },
        400,
      ),
      AdminDeleteUser: DONE,
    });

    await expect(users.add({ name: 'alice', groups: [], password: 'x' })).rejects.toThrow(
      'alice: User account already exists (UsernameExistsException)',
    );
    expect(aws.bodies).toHaveLength(1);
  });

  it('are listed by name with their groups', async () => {
    const user = (Username: string) => ({
      Username,
      UserStatus: 'CONFIRMED',
      Attributes: [{ Name: 'sub', Value: `sub-${Username}` }],
    });
    const users = await pool({
      ListUsers: json({ Users: [user('bob'), user('alice')] }),
      ListGroups: json({ Groups: [{ GroupName: 'admins' }] }),
      ListUsersInGroup: json({ Users: [user('alice')] }),
    });

    expect(await users.list()).toEqual([
      { name: 'alice', sub: 'sub-alice', status: 'CONFIRMED', groups: ['admins'] },
      { name: 'bob', sub: 'sub-bob', status: 'CONFIRMED', groups: [] },
    ]);
  });
});
