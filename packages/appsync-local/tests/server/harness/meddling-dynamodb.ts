import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Engine, startEngine } from '../../../src/database/engine.ts';

/** Runs an operation on the database itself. */
export type Call = (operation: string, input: object) => Promise<Record<string, unknown>>;

/** Of the writes: a table and a key, or the actions of a transaction. */
export interface Input {
  TableName?: string;
  Key?: { id: { S: string } };
  TransactItems?: object[];
}

/** An error as DynamoDB answers it; `name` is the exception's. */
export interface Refusal {
  status?: number;
  name: string;
  message: string;
  CancellationReasons?: object[];
}

/** Comes before a call, may make others, and answers it in DynamoDB's place or lets it pass. */
export type Meddle = (
  operation: string,
  input: Input,
  call: Call,
) => Promise<Refusal | void> | Refusal | void;

export interface MeddlingDynamoDb {
  endpoint: string;
  /** Nobody meddles with calls while it is undefined. */
  meddle: Meddle | undefined;
  close(): Promise<void>;
}

/** An embedded engine behind a server that lets a test come between two calls, or answer in the engine's place. */
export async function meddlingDynamoDb(): Promise<MeddlingDynamoDb> {
  const engine = await startEngine({ memory: true, log: () => undefined });
  // A start on a busy machine is longer than the five seconds after which Node.js would close an idle connection.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    answer(engine, dynamoDb.meddle, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dynamoDb: MeddlingDynamoDb = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    meddle: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
  return dynamoDb;
}

async function answer(
  engine: Engine,
  meddle: Meddle | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await text(incoming);
  const target = String(incoming.headers['x-amz-target']);
  const call: Call = async (operation, input) => {
    const { status, body: answered } = await post(
      engine,
      `DynamoDB_20120810.${operation}`,
      JSON.stringify(input),
    );
    if (status !== 200) {
      throw new Error(answered);
    }
    return JSON.parse(answered) as Record<string, unknown>;
  };
  const refusal = await meddle?.(target.split('.')[1]!, JSON.parse(body) as Input, call);
  const { status, body: answered } = refusal ? refused(refusal) : await post(engine, target, body);
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'TEST' });
  outgoing.end(answered);
}

const refused = ({ status = 400, name, message, ...more }: Refusal) => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...more }),
});

/** Not by fetch, which refuses the engine's port. The engine wants credentials and checks none. */
async function post(
  { endpoint }: Engine,
  target: string,
  body: string,
): Promise<{ status: number; body: string }> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    'x-amz-date': '20200101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
  const sent = request(endpoint, { method: 'POST', headers }).end(body);
  const [answered] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answered.statusCode!, body: await text(answered) };
}
