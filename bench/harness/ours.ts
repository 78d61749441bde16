import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpointOn } from '../../packages/appsync-local/src/database/directory-claim.ts';
import { temporaryRoot } from '../../packages/appsync-local/src/database/temporary-directory.ts';
import { assembliesDirectory } from '../../packages/appsync-local/src/ground/cache-directory.ts';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { synthesize } from '../../packages/appsync-local/src/template/synthesize.ts';
import type { BenchContext } from '../section.ts';
import { type Server, startServer } from './server.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const OUR_HEADERS = { 'x-api-key': LOCAL_API_KEY };

/** This project's local server as `npm start` starts it. @param more options, such as `--app DIR` for another assembly */
export function startOurs(more: string[] = ['--memory'], nodeOptions: string[] = []): Promise<Server> {
  return startServer({
    command: ['packages/appsync-local/bin/appsync-local.mjs', '--port', '0', ...more],
    directory: ROOT,
    environment: { NODE_ENV: '' },
    nodeOptions,
    ready: /^GraphQL URL\s+(\S+)[^]*^Ready/m,
  });
}

/** The headers of a user, whose token the server at `url` makes. */
export async function headersOfUser(
  url: string,
  user: string,
  groups?: string[],
): Promise<{ authorization: string }> {
  const response = await fetch(new URL('/_local/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, groups }),
  });
  return { authorization: ((await response.json()) as { token: string }).token };
}

/**
 * The same without its change feed, which no peer has: no stream on any table, and no event source mapping that reads it.
 * @param more options
 */
export async function startOursWithoutFeed(
  { scratch, progress }: BenchContext,
  more: string[] = [],
): Promise<Server> {
  const assembly = join(scratch, 'without-feed');
  cpSync(await synthesize(ROOT, assembliesDirectory(ROOT), progress), assembly, { recursive: true });
  const templates = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  for (const name of templates) {
    const file = join(assembly, name);
    const template = JSON.parse(readFileSync(file, 'utf8')) as {
      Resources: Record<string, { Type: string; Properties?: { StreamSpecification?: unknown } }>;
    };
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::Lambda::EventSourceMapping') {
        delete template.Resources[id];
      }
      delete Properties?.StreamSpecification;
    }
    writeFileSync(file, JSON.stringify(template));
  }
  return startOurs(['--memory', '--app', assembly, ...more]);
}

/** Where contenders without a table of their own keep their items. */
export interface Place {
  DYNAMODB_ENDPOINT: string;
  TABLE: string;
}

/**
 * Makes tables in our server's own engine, with the indexes of ours, so that its work is the same for everybody. Each
 * contender has one to itself, for they keep payloads in different ways.
 */
export async function peersTables(ours: Server): Promise<(TABLE: string) => Promise<Place>> {
  const tools = /^DynamoDB URL\s+(\S+)/m.exec(ours.output())![1]!;
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = await itemsTable(tools);
  return async (TABLE) => {
    await call(tools, 'CreateTable', {
      TableName: TABLE,
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
      BillingMode: 'PAY_PER_REQUEST',
    });
    return { DYNAMODB_ENDPOINT: engineOf(ours), TABLE };
  };
}

/** Its engine as our server itself reaches it: the DynamoDB URL that it prints is a gate in front of that, for tools. */
function engineOf({ pid }: Server): string {
  const root = temporaryRoot();
  const claims = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const claim = claims.find((name) => basename(name).startsWith(`server-${pid}-`));
  const endpoint = claim === undefined ? null : endpointOn(join(root, dirname(claim)));
  if (endpoint === null) {
    throw new Error(`no engine of process ${pid} in ${root}`);
  }
  return endpoint;
}

interface TableDescription {
  TableName: string;
  KeySchema: unknown[];
  AttributeDefinitions: unknown[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown; Projection: unknown }[];
}

/** The one with indexes by kind and owner. */
async function itemsTable(endpoint: string): Promise<TableDescription> {
  const { TableNames } = await call<{ TableNames: string[] }>(endpoint, 'ListTables', {});
  const tables: TableDescription[] = [];
  for (const TableName of TableNames) {
    const { Table } = await call<{ Table: TableDescription }>(endpoint, 'DescribeTable', { TableName });
    tables.push(Table);
  }
  const found = tables.find(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes !== undefined);
  if (!found) {
    throw new Error(`no table with indexes among ${TableNames.join(', ')}`);
  }
  return found;
}

async function call<T>(endpoint: string, operation: string, input: object): Promise<T> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20200101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`DynamoDB answered ${operation} with ${response.status}: ${text}`);
  }
  return JSON.parse(text) as T;
}
