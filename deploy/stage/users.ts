import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider';
import { DeployFailure } from '../deploy-failure.ts';

/** A user as a list shows it. */
export interface UserRow {
  name: string;
  /** Owns items. */
  sub: string;
  /** Of Cognito: `CONFIRMED`, `FORCE_CHANGE_PASSWORD`. */
  status: string;
  groups: string[];
}

export interface NewUser {
  name: string;
  email?: string;
  groups: readonly string[];
  /** Undefined: Cognito sends one to the address, which is good once and for three days. */
  password?: string;
}

/** The users of one pool, as an administrator changes them. */
export class Users {
  readonly #client: CognitoIdentityProviderClient;
  readonly #pool: { UserPoolId: string };

  constructor(client: CognitoIdentityProviderClient, UserPoolId: string) {
    this.#client = client;
    this.#pool = { UserPoolId };
  }

  /**
   * Creates a user; one that is refused its password or a group does not stay.
   * @throws DeployFailure in Cognito's words
   */
  async add({ name, email, groups, password }: NewUser): Promise<void> {
    const user = { ...this.#pool, Username: name };
    const mail =
      email === undefined
        ? []
        : [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
          ];
    await this.#send(name, () =>
      this.#client.send(
        new AdminCreateUserCommand({
          ...user,
          UserAttributes: mail,
          ...(password !== undefined && { MessageAction: 'SUPPRESS' }),
        }),
      ),
    );
    try {
      if (password !== undefined) {
        const command = new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true });
        await this.#send(name, () => this.#client.send(command));
      }
      for (const GroupName of groups) {
        const command = new AdminAddUserToGroupCommand({ ...user, GroupName });
        await this.#send(`${name} in ${GroupName}`, () => this.#client.send(command));
      }
    } catch (error) {
      await this.#client.send(new AdminDeleteUserCommand(user));
      throw error;
    }
  }

  /** @throws DeployFailure in Cognito's words */
  async remove(name: string): Promise<void> {
    await this.#send(name, () =>
      this.#client.send(new AdminDeleteUserCommand({ ...this.#pool, Username: name })),
    );
  }

  /** All users by name, with their groups. */
  async list(): Promise<UserRow[]> {
    const rows = new Map<string, UserRow>();
    for await (const { Users: users = [] } of paginateListUsers({ client: this.#client }, this.#pool)) {
      for (const { Username: name = '', UserStatus: status = '', Attributes = [] } of users) {
        const sub = Attributes.find(({ Name }) => Name === 'sub')?.Value ?? '';
        rows.set(name, { name, sub, status, groups: [] });
      }
    }
    for await (const { Groups = [] } of paginateListGroups({ client: this.#client }, this.#pool)) {
      for (const { GroupName = '' } of Groups) {
        const members = paginateListUsersInGroup({ client: this.#client }, { ...this.#pool, GroupName });
        for await (const { Users: users = [] } of members) {
          users.forEach(({ Username = '' }) => rows.get(Username)?.groups.push(GroupName));
        }
      }
    }
    return [...rows.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async #send(what: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      const { name, message } = error as Error;
      throw new DeployFailure(`${what}: ${message} (${name})`, { cause: error });
    }
  }
}
