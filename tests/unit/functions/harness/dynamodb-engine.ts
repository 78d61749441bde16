import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient, type Tables } from '../../../../functions/put-validated-item/tables.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** An empty in-memory DynamoDB with the tables of the Lambda functions, for one test file. */
export interface Engine {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  // part: validated-items
  /** As the Lambda function sees it. */
  tables: Tables;
  // end: validated-items
  /** Without the time-outs of the Lambda functions: a test must not depend on time. */
  client: DynamoDBClient;
  stop(): Promise<void>;
}

/** The engine cannot choose a free port itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function executable(): string {
  const manifest = createRequire(import.meta.url).resolve(
    `@dynoxide/${process.platform}-${process.arch}/package.json`,
  );
  return join(dirname(manifest), process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
}

/** The engine's standard error stays open: it ends when nobody reads it any more. */
const ready = (engine: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = '';
    engine.stderr?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('Dynoxide listening on')) {
        resolve();
      }
    });
    engine.once('error', reject);
    engine.once('exit', () => reject(new Error(`the DynamoDB engine did not start: ${output}`)));
  });

async function createTable(client: DynamoDBClient, name: string, ...keys: string[]): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
      })),
    }),
  );
}

export const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

export async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const engine = spawn(executable(), ['serve', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await ready(engine);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientOf(endpoint);
  await createTable(client, 'Items', 'id');
  await createTable(client, 'Constraints', 'pk'); // part: validated-items
  await createTable(client, 'Changes', 'log', 'position'); // part: change-feed
  return {
    endpoint,
    client,
    tables: { client: documentClient(client), items: 'Items', constraints: 'Constraints' }, // part: validated-items
    async stop() {
      client.destroy();
      engine.kill();
      await once(engine, 'exit');
    },
  };
}
