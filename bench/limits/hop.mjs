/**
 * The least that can put and get an item over HTTP in Node.js: one request to DynamoDB by node:http, with the
 * expressions written down, the payload kept as text, and nothing looked at that need not be.
 */
import { Agent, request as send } from 'node:http';

const engine = new URL(process.env.DYNAMODB_ENDPOINT);
const table = process.env.TABLE;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export const headersOf = (operation, service = 'DynamoDB_20120810') => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `${service}.${operation}`,
  'x-amz-date': '20200101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
});
const GET_HEADERS = headersOf('GetItem');
const UPDATE_HEADERS = headersOf('UpdateItem');

/** Answers a GraphQL request. @returns whether it was a put */
export async function hop(request, response) {
  const { query, variables } = JSON.parse(await textOf(request));
  const put = query.startsWith('mutation');
  const answer = put
    ? await call(UPDATE_HEADERS, putInput(variables.input))
    : await call(GET_HEADERS, getInput(variables));
  const item = plain(put ? answer.Attributes : answer.Item);
  sendJson(response, JSON.stringify({ data: put ? { putItem: item } : { getItem: item } }));
  return put;
}

function putInput({ id, payload }) {
  return {
    TableName: table,
    Key: { id: { S: id } },
    UpdateExpression:
      'SET payload = :payload, createdAt = if_not_exists(createdAt, :now), updatedAt = :now ADD version :one',
    ExpressionAttributeValues: {
      ':payload': { S: payload },
      ':now': { S: new Date().toISOString() },
      ':one': { N: '1' },
    },
    ReturnValues: 'ALL_NEW',
  };
}

const getInput = ({ id }) => ({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true });

const plain = (item) => ({
  id: item.id.S,
  version: Number(item.version.N),
  payload: item.payload.S,
  createdAt: item.createdAt.S,
  updatedAt: item.updatedAt.S,
});

export const call = async (headers, input) => JSON.parse(await callForText(headers, input));

export function callForText(headers, input) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(input);
    const options = {
      host: engine.hostname,
      port: engine.port,
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    const request = send(options, (response) => textOf(response).then(resolve, reject));
    request.on('error', reject);
    request.end(body);
  });
}

export function textOf(message) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    message.on('data', (chunk) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks).toString()));
    message.on('error', reject);
  });
}

export function sendJson(response, body, headers) {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
