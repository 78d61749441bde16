import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';

const {
  SEEN,
  PREFIX = '',
  API_URL,
  AWS_REGION,
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY,
  AWS_SESSION_TOKEN,
} = process.env;
const client = new DynamoDBClient({});

class Sha256 {
  #hash;
  constructor(secret) {
    this.#hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}
const signer = new SignatureV4({
  service: 'appsync',
  region: AWS_REGION,
  credentials: {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  },
  sha256: Sha256,
});

/** Writes what it is told to a table, in order, and announces it. What is named `poison` it cannot digest. */
export const handler = async ({ Records }) => {
  for (const [place, record] of Records.entries()) {
    const { Keys, NewImage, SequenceNumber } = record.dynamodb;
    const note = NewImage?.note?.S ?? '';
    if (note === 'poison') return { batchItemFailures: [{ itemIdentifier: SequenceNumber }] };
    if (note === 'crash') throw new Error('it crashes');
    if (note === 'slow') await sleep(1500);
    await client.send(
      new UpdateItemCommand({
        TableName: SEEN,
        Key: { account: { S: `${PREFIX}${Keys.account.S}` }, at: { S: SequenceNumber.padStart(40, '0') } },
        UpdateExpression:
          'SET #entry = :entry, #batch = :batch, #place = :place, #record = :record ADD #times :one',
        ExpressionAttributeNames: {
          '#entry': 'entry',
          '#batch': 'batch',
          '#place': 'place',
          '#record': 'record',
          '#times': 'times',
        },
        ExpressionAttributeValues: {
          ':entry': Keys.entry,
          ':batch': { N: String(Records.length) },
          ':place': { N: String(place) },
          ':record': { S: JSON.stringify(record) },
          ':one': { N: '1' },
        },
      }),
    );
    if (API_URL) await announce(Keys.account.S, `${record.eventName} ${Keys.entry.S}`);
  }
  return { batchItemFailures: [] };
};

async function announce(account, text) {
  const url = new URL(API_URL);
  const body = JSON.stringify({
    query:
      'mutation ($account: ID!, $text: String!) { announce(account: $account, text: $text) { account text } }',
    variables: { account, text },
  });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: {},
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  const answer = await (await fetch(url, { method: 'POST', headers: signed.headers, body })).json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
}
