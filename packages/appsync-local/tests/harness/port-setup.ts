import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { startServer, type ServerProcess } from './port-target.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Variables that say where the API is, as people set them for a deployed one. */
    apiEnvironment?: Record<string, string>;
  }
}

/**
 * Starts one server for all files, in a process of its own and with users as Cognito has them: it is known by the
 * variables of a deployed API alone.
 */
export async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const server = await startServer(['--port', '0', '--memory']);
  project.provide('apiEnvironment', await environmentOf(server));
  return () => server.stop();
}

async function environmentOf({ origin, output }: ServerProcess): Promise<Record<string, string>> {
  const dynamoDb = /^DynamoDB URL\s+(\S+)/m.exec(output)![1]!;
  const [alice, bob, carol, dave, admin] = await Promise.all([
    token(origin, 'alice'),
    token(origin, 'bob'),
    token(origin, 'carol'),
    token(origin, 'dave'),
    token(origin, 'admin', 'admins'),
  ]);
  return {
    API_URL: `${origin}/graphql`,
    API_KEY: LOCAL_API_KEY,
    API_TOKEN_ALICE: alice,
    API_TOKEN_BOB: bob,
    API_TOKEN_CAROL: carol,
    API_TOKEN_DAVE: dave,
    API_TOKEN_ADMIN: admin,
    API_ITEMS_TABLE: await itemsTable(dynamoDb),
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    // A profile would go before the keys, and a session belong to others.
    AWS_PROFILE: '',
    AWS_SESSION_TOKEN: '',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
  };
}

async function token(origin: string, name: string, ...groups: string[]): Promise<string> {
  const response = await fetch(`${origin}/_local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: name, sub: randomUUID(), groups }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function itemsTable(endpoint: string): Promise<string> {
  const dynamoDb = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
  const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand({}));
  dynamoDb.destroy();
  return TableNames.find((name) => /Items/.test(name))!;
}
