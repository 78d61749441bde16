import { join, resolve } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SILENT_LOGGER } from '../functions/silent-logger.ts';
import { endpointOn } from '../packages/appsync-local/src/database/directory-claim.ts';
import { restoredSuffix } from './restored-name.ts';
import { TransferFailure } from './transfer-failure.ts';

/** The choice of tables in the options. */
export interface Place {
  /** Name of the items table. */
  table?: string;
  /** Name of the constraints table. */
  constraints?: string;
  /** A deployed table of this region, with the credentials that the AWS SDK finds. */
  region?: string;
  /** A DynamoDB endpoint. */
  endpoint?: string;
  /** Data directory of the running local server. */
  data: string;
}

export interface Target {
  client: DynamoDBClient;
  /** Of this machine: the embedded engine, or another emulator. */
  isLocal: boolean;
  items: string;
  /** Distinguishes the table from all others, for the state of an interrupted run. */
  name: string;
  /** The approximate number of items; on AWS some hours old. */
  count: number;
}

/** The embedded engine requires credentials and accepts any. */
const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' };
const LOCAL_REGION = 'us-east-1';

// The SDK's advice about Node.js versions has no bearing on a transfer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/**
 * Finds the items table and checks that it exists.
 * @throws TransferFailure that says what to pass or to start
 */
export async function openTarget(place: Place): Promise<Target> {
  const { client, isLocal, where } = connect(place);
  try {
    const items = place.table ?? (await onlyItemsTable(client, where));
    const count = await describe(client, items, 'id', where);
    return { client, isLocal, items, name: `${items} of ${where}`, count };
  } catch (error) {
    client.destroy();
    throw reachable(error, where, '--table');
  }
}

function connect(place: Place): Pick<Target, 'client' | 'isLocal'> & { where: string } {
  // The pace of a transfer decides what to retry, and when: see pace.ts.
  const common = { maxAttempts: 1, logger: SILENT_LOGGER };
  if (place.region !== undefined && place.endpoint === undefined) {
    if (place.table === undefined) {
      throw new TransferFailure('--region needs the name of the table: pass --table NAME');
    }
    return {
      client: new DynamoDBClient({ region: place.region, ...common }),
      isLocal: false,
      where: place.region,
    };
  }
  const endpoint = place.endpoint ?? localEndpoint(place);
  const isLocal = /^(localhost|127\.|\[?::1)/.test(new URL(endpoint).hostname);
  const credentials = isLocal && !process.env['AWS_ACCESS_KEY_ID'] ? { credentials: LOCAL } : {};
  const region = place.region ?? process.env['AWS_REGION'] ?? LOCAL_REGION;
  return {
    client: new DynamoDBClient({ endpoint, region, ...credentials, ...common }),
    isLocal,
    where: whereOf(place, endpoint),
  };
}

/** The embedded engine has another port after each start, but its directory stays. */
const whereOf = ({ endpoint, data }: Place, found: string): string => endpoint ?? (resolve(data) || found);

function localEndpoint({ data }: Place): string {
  const endpoint = endpointOn(join(resolve(data), 'dynamodb'));
  if (endpoint !== null) {
    return endpoint;
  }
  throw new TransferFailure(
    `no local server runs on the data directory ${data}; start one with npm start, or pass --data DIR, the DynamoDB URL ` +
      `of a server with --memory as --endpoint URL, or --table NAME --region R for a deployed table`,
  );
}

/** Tables of a stack of this project: `…Items…` beside `…Constraints…` (infra/items-data.ts). */
const ITEMS = 'Items';
const CONSTRAINTS = 'Constraints';

async function tableNames(client: DynamoDBClient): Promise<string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName: after }));
    names.push(...(page.TableNames ?? []));
    after = page.LastEvaluatedTableName;
  } while (after !== undefined);
  return names;
}

async function onlyItemsTable(client: DynamoDBClient, where: string): Promise<string> {
  const names = await tableNames(client);
  const found = names.filter((name) => constraintsBeside(name, names).length > 0);
  if (found.length === 1) {
    return found[0]!;
  }
  throw new TransferFailure(
    found.length === 0
      ? `${where} has no items table with a constraints table beside it, but ${names.join(', ') || 'no tables'}; pass --table NAME`
      : `${where} has several items tables: ${found.join(', ')}; pass --table NAME`,
  );
}

const constraintsBeside = (items: string, names: readonly string[]): string[] =>
  tablesBeside(items, CONSTRAINTS, names);

function tablesBeside(items: string, what: string, names: readonly string[]): string[] {
  const at = items.lastIndexOf(ITEMS);
  const prefix = items.slice(0, at) + what;
  const isBeside = (name: string): boolean =>
    name.startsWith(prefix) && restoredSuffix(name) === restoredSuffix(items);
  return at < 0 ? [] : names.filter(isBeside);
}

// part: change-feed
/** Finds the table with the log of changes by its name; undefined where there is none, or more than one. */
export async function findChanges({ client, items }: Target): Promise<string | undefined> {
  const found = tablesBeside(items, 'Changes', await tableNames(client));
  return found.length === 1 ? found[0] : undefined;
}
// end: change-feed

/**
 * Finds the constraints table that belongs to the items table.
 * @throws TransferFailure when its name must be given
 */
export async function findConstraints(
  { client, items, name }: Target,
  given: string | undefined,
): Promise<string> {
  try {
    const found = given === undefined ? constraintsBeside(items, await tableNames(client)) : [given];
    if (found.length === 1) {
      await describe(client, found[0]!, 'pk', name);
      return found[0]!;
    }
  } catch (error) {
    if (given !== undefined) {
      throw reachable(error, name, '--constraints');
    }
  }
  throw new TransferFailure(
    `which constraints table belongs to ${items} cannot be told by its name; pass --constraints NAME`,
  );
}

/** @returns the table's approximate number of items */
async function describe(client: DynamoDBClient, table: string, key: string, where: string): Promise<number> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(', ');
  if (keys === key) {
    return Table?.ItemCount ?? 0;
  }
  throw new TransferFailure(
    `table ${table} of ${where} has the key ${keys}, expected ${key}: it is another table`,
  );
}

function reachable(error: unknown, where: string, option: string): Error {
  if (error instanceof TransferFailure) {
    return error;
  }
  const { name, message, code } = error as Error & { code?: string };
  if (name === 'ResourceNotFoundException') {
    return new TransferFailure(
      `${option} names no table of ${where}; for a deployed one pass --region R too`,
    );
  }
  return new TransferFailure(`DynamoDB at ${where} does not answer: ${message || code || name} (${name})`, {
    cause: error,
  });
}
