import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { areas } from '../../packages/appsync-local/tests/conformance/areas.ts';
import { usersText } from '../../packages/appsync-local/tests/conformance/report.ts';
import { deployedTarget } from '../../packages/appsync-local/tests/harness/deployed-target.ts';
import { SETTINGS } from '../../packages/appsync-local/tests/harness/environment.ts';
import { NEEDS } from '../../packages/appsync-local/tests/harness/needs.ts';
import { identifyUsers } from '../../packages/appsync-local/tests/harness/users.ts';
import { resources, theOnly } from '../infra/harness/readable.ts';
import { synthesize } from '../infra/harness/synthesized.ts';
import { type Commands, fakeAws } from './harness/fake-aws.ts';
import { blockOf, page, plain, section, tableRows } from './harness/pages.ts';

const text = page('docs/contract-suite.md');
const script = (name: string): string => blockOf(text, 'sh', name).text;

/** A stage as its template makes it, with the users it is given. */
class Stage {
  readonly name = 'contract-dev';
  readonly users = new Map<string, { sub: string; password?: string; groups: string[] }>();
  /** App clients that were made beside the template's, with their flows. */
  readonly clients = new Map<string, string>();
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  /** Outputs have values only once the stack is there: `value of UserPoolId`. */
  get #outputs() {
    return Object.keys(this.#template.toJSON().Outputs as object).map((OutputKey) => ({
      OutputKey,
      OutputValue: this.value(OutputKey),
    }));
  }

  readonly value = (output: string): string => `value-of-${output}`;

  #user(options: Record<string, string>) {
    expect(options['user-pool-id']).toBe(this.value('UserPoolId'));
    const user = this.users.get(options['username']!);
    if (!user) {
      throw new Error(`UserNotFoundException: ${options['username']}`);
    }
    return user;
  }

  #checkPassword(password: string): void {
    const { PasswordPolicy: policy } = theOnly(this.#template, 'AWS::Cognito::UserPool').Properties.Policies;
    expect(password.length).toBeGreaterThanOrEqual(policy.MinimumLength);
    expect([/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].filter((kind) => !kind.test(password))).toEqual([]);
  }

  async #token(options: Record<string, string>): Promise<string> {
    expect(this.clients.get(options['client-id']!)).toBe(`ALLOW_${options['auth-flow']}`);
    const [, username = '', password = ''] =
      /^USERNAME=([^,=]+),PASSWORD=([^,=]+)$/.exec(options['auth-parameters']!) ?? [];
    const { sub, groups, password: right } = this.#user({ ...options, username });
    if (right !== password) {
      throw new Error('NotAuthorizedException');
    }
    return new SignJWT({ sub, username, exp: 4_000_000_000, 'cognito:groups': groups })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.alloc(32));
  }

  readonly commands: Commands = {
    'cloudformation describe-stacks': {
      options: ['stack-name'],
      run: (options) => {
        expect(options['stack-name']).toBe(this.name);
        return { Stacks: [{ Outputs: this.#outputs }] };
      },
    },
    'cloudformation describe-stack-resources': {
      options: ['stack-name'],
      run: () => ({
        StackResources: Object.keys(this.#template.toJSON().Resources as object).map((id) => ({
          LogicalResourceId: id,
          PhysicalResourceId: `table-of-${id}`,
        })),
      }),
    },
    'cognito-idp create-user-pool-client': {
      options: ['user-pool-id', 'client-name', 'explicit-auth-flows'],
      run: (options) => {
        expect(options['user-pool-id']).toBe(this.value('UserPoolId'));
        this.clients.set('new-client', options['explicit-auth-flows']!);
        return { UserPoolClient: { ClientId: 'new-client' } };
      },
    },
    'cognito-idp delete-user-pool-client': {
      options: ['user-pool-id', 'client-id'],
      run: (options) => {
        expect(this.clients.delete(options['client-id']!)).toBe(true);
      },
    },
    'cognito-idp admin-create-user': {
      options: ['user-pool-id', 'username', 'message-action'],
      run: ({ username = '' }) => {
        this.users.set(username, { sub: randomUUID(), groups: [] });
      },
    },
    'cognito-idp admin-set-user-password': {
      options: ['user-pool-id', 'username', 'password', 'permanent'],
      run: (options) => {
        this.#checkPassword(options['password']!);
        this.#user(options).password = options['password']!;
      },
    },
    'cognito-idp admin-add-user-to-group': {
      options: ['user-pool-id', 'username', 'group-name'],
      run: (options) => {
        const groups = [...resources(this.#template, 'AWS::Cognito::UserPoolGroup').values()];
        expect(groups.map(({ Properties }) => Properties.GroupName)).toContain(options['group-name']);
        this.#user(options).groups.push(options['group-name']!);
      },
    },
    'cognito-idp admin-initiate-auth': {
      options: ['user-pool-id', 'client-id', 'auth-flow', 'auth-parameters'],
      run: async (options) => ({ AuthenticationResult: { AccessToken: await this.#token(options) } }),
    },
    'cognito-idp admin-delete-user': {
      options: ['user-pool-id', 'username'],
      run: (options) => {
        this.#user(options);
        this.users.delete(options['username']!);
      },
    },
    'appsync list-api-keys': {
      options: ['api-id'],
      run: (options) => {
        expect(options['api-id']).toBe(this.value('ApiId'));
        return { apiKeys: [{ id: 'da2-key' }] };
      },
    },
  };
}

describe('the commands of the page', () => {
  const { template } = synthesize({ name: 'contract' });
  const stage = new Stage(template);
  const folder = mkdtempSync(join(tmpdir(), 'contract-suite-'));
  let settings: Record<string, string>;

  beforeAll(async () => {
    const aws = await fakeAws(stage.commands);
    const commands = ['users', 'settings', 'cleanup'].map(script);
    commands.splice(2, 0, 'cp -p stage.env kept.env');
    try {
      await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
        cwd: folder,
        env: aws.environment,
      });
    } finally {
      aws.close();
    }
    settings = parseEnv(readFileSync(join(folder, 'kept.env'), 'utf8')) as Record<string, string>;
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => vi.unstubAllEnvs());

  test('write what the suite asks for into a file of one’s own', () => {
    const { API_TOKEN_ALICE, API_TOKEN_BOB, API_TOKEN_CAROL, API_TOKEN_ADMIN, ...others } = settings;

    expect(others).toEqual({
      API_URL: stage.value('GraphQLUrl'),
      API_REALTIME_URL: stage.value('RealtimeUrl'),
      API_KEY: 'da2-key',
      API_ITEMS_TABLE: expect.stringMatching(/^table-of-DataItems\w+$/),
    });
    expect([API_TOKEN_ALICE, API_TOKEN_BOB, API_TOKEN_CAROL, API_TOKEN_ADMIN]).not.toContain(undefined);
    expect(statSync(join(folder, 'kept.env')).mode & 0o777).toBe(0o600);
  });

  test('make the users that the suite wants', async () => {
    Object.entries(settings).forEach(([name, value]) => vi.stubEnv(name, value));

    const users = await identifyUsers(deployedTarget('https://items.example.com/graphql'));

    expect(Object.values(users).map(({ username }) => username)).toEqual(
      Object.keys(users).map((name) => `contract-${name}`),
    );
    expect(users.admin.groups).toEqual(['admins']);
  });

  test('make tokens of a client that the API takes: it names none', () => {
    const { AdditionalAuthenticationProviders } = theOnly(template, 'AWS::AppSync::GraphQLApi').Properties;
    const pools = AdditionalAuthenticationProviders.flatMap(
      (one: { UserPoolConfig?: object }) => one.UserPoolConfig ?? [],
    );

    expect(pools).toEqual([expect.not.objectContaining({ AppIdClientRegex: expect.anything() })]);
  });

  test('remove users, client and file again', () => {
    expect([stage.users.size, stage.clients.size]).toEqual([0, 0]);
    expect(existsSync(join(folder, 'stage.env'))).toBe(false);
  });
});

test('the page has the settings in the words of the suite', () => {
  const rows = tableRows(section(text, '## Settings'));

  expect(rows.map(([name = '', what]) => [plain(name), what])).toEqual(Object.entries(SETTINGS));
});

test('the page has the users of the numbered checks', () => {
  const rows = tableRows(section(text, '## The numbered checks on AWS'));

  expect(rows).toEqual(
    areas.flatMap(({ name, users }) => (users ? [[`\`${name}\``, usersText(users)]] : [])),
  );
});

test('the page says what is needed, and why it may be missing', () => {
  const rows = tableRows(section(text, '## What is skipped, and why'));

  expect(rows).toEqual(Object.entries(NEEDS).map(([need, { whyNot }]) => [need, whyNot]));
});
