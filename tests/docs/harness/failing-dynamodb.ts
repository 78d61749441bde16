import { createServer, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEngine } from '../../../packages/appsync-local/src/database/engine.ts';

/** How a DynamoDB answers: as it is, or as DynamoDB does when it throttles or has failed itself. */
export type Mood = 'works' | 'throttles' | 'fails';

export interface FailingDynamoDb {
  endpoint: string;
  mood: Mood;
  close(): Promise<void>;
}

/** DynamoDB developer guide, "Error handling with DynamoDB": status and type of both. */
const REFUSALS = {
  throttles: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' },
  fails: { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
};

/** An embedded engine behind a server that can be told to answer in its place. */
export async function failingDynamoDb(): Promise<FailingDynamoDb> {
  const engine = await startEngine({ memory: true, log: () => undefined });
  // A start on a busy machine is longer than the five seconds after which Node.js would close an idle connection.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    if (dynamoDb.mood !== 'works') {
      incoming.resume();
      return refuse(outgoing, dynamoDb.mood);
    }
    const { method, url, headers } = incoming;
    const passedOn = httpRequest(new URL(url!, engine.endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dynamoDb: FailingDynamoDb = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'works',
    close: async () => {
      await closed(server);
      await engine.close();
    },
  };
  return dynamoDb;
}

function refuse(outgoing: ServerResponse, mood: keyof typeof REFUSALS): void {
  const { status, type } = REFUSALS[mood];
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ __type: type, message: 'said by a test' }));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
