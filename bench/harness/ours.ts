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

/** The same with a stream, and with a table for the log of what it publishes. */
export interface PublishingPlace extends Place {
  STREAM_ARN: string;
  CHANGES_TABLE: string;
}

/**
 * Makes tables in our server's own engine, with the indexes of ours, so that its work is the same for everybody. Each
 * contender has one to itself, for they keep payloads in different ways.
 */
export async function peersTables(ours: Server): Promise<(TABLE: string) => Promise<Place>> {
  const tools = toolsOf(ours);
  const { items } = await ourTables(tools);
  return async (TABLE) => {
    await createTable(tools, TABLE, items);
    return { DYNAMODB_ENDPOINT: engineOf(ours), TABLE };
  };
}

/** Makes such a table with the stream that ours has, and one for the log. */
export async function publishingPlace(ours: Server, TABLE: string): Promise<PublishingPlace> {
  const tools = toolsOf(ours);
  const { items, changes } = await ourTables(tools);
  const CHANGES_TABLE = `${TABLE}-changes`;
  await createTable(tools, CHANGES_TABLE, changes);
  const { LatestStreamArn } = await createTable(tools, TABLE, items, {
    StreamEnabled: true,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  });
  return { DYNAMODB_ENDPOINT: engineOf(ours), TABLE, CHANGES_TABLE, STREAM_ARN: LatestStreamArn! };
}

const toolsOf = (ours: Server): string => /^DynamoDB URL\s+(\S+)/m.exec(ours.output())![1]!;

async function createTable(
  endpoint: string,
  TableName: string,
  { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes }: TableLike,
  StreamSpecification?: object,
): Promise<{ LatestStreamArn?: string }> {
  const indexes = GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  const { TableDescription } = await call<{ TableDescription: { LatestStreamArn?: string } }>(
    endpoint,
    'CreateTable',
    {
      TableName,
      KeySchema,
      AttributeDefinitions,
      ...(indexes && { GlobalSecondaryIndexes: indexes }),
      ...(StreamSpecification && { StreamSpecification }),
      BillingMode: 'PAY_PER_REQUEST',
    },
  );
  return TableDescription;
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

interface TableLike {
  KeySchema: { AttributeName: string }[];
  AttributeDefinitions: unknown[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown; Projection: unknown }[];
}

/** That of items has indexes by kind and owner, that of changes is sorted by position. */
async function ourTables(endpoint: string): Promise<{ items: TableLike; changes: TableLike }> {
  const { TableNames } = await call<{ TableNames: string[] }>(endpoint, 'ListTables', {});
  const tables: TableLike[] = [];
  for (const TableName of TableNames) {
    const { Table } = await call<{ Table: TableLike }>(endpoint, 'DescribeTable', { TableName });
    tables.push(Table);
  }
  const items = tables.find(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes !== undefined);
  const changes = tables.find(({ KeySchema }) =>
    KeySchema.some(({ AttributeName }) => AttributeName === 'position'),
  );
  if (!items || !changes) {
    throw new Error(`no table of items or none of changes among ${TableNames.join(', ')}`);
  }
  return { items, changes };
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
