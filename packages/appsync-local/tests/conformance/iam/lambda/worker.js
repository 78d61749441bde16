import { createHash, createHmac } from 'node:crypto';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

/** Does what it is told as its role, and answers what came of it: `{operation, input}` of DynamoDB, or a GraphQL document. */
export const handler = (event) => (event.query ? ask(event.query) : call(event.operation, event.input));

const client = new dynamodb.DynamoDBClient();

async function call(operation, input) {
  try {
    const { $metadata, ...answer } = await client.send(new dynamodb[`${operation}Command`](input));
    return { status: $metadata.httpStatusCode, answer };
  } catch (error) {
    return { status: error.$metadata?.httpStatusCode, name: error.name, message: error.message };
  }
}

async function ask(query) {
  const url = new URL(process.env.GRAPHQL_URL);
  const body = JSON.stringify({ query });
  const { headers } = await signer().sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body,
    }),
  );
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, answer: await response.json() };
}

const signer = () =>
  new SignatureV4({
    service: 'appsync',
    region: process.env.AWS_REGION,
    credentials: {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID,
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
      sessionToken: process.env.AWS_SESSION_TOKEN,
    },
    sha256: Sha256,
  });

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {}
}
