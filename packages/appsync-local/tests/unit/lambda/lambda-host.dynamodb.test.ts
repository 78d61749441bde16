import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { arnOf, lambdaFunction, openHost } from './harness/lambda-function.ts';

const asked: string[] = [];
const server = createServer((request: IncomingMessage, response) => {
  asked.push(`${request.method} ${request.headers.host} ${request.url}`);
  response.end('{}');
});
let environment: Record<string, string>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  environment = { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
beforeEach(() => void asked.splice(0));
afterAll(() => void server.close());

const host = 'dynamodb.eu-west-1.amazonaws.com';
const sent = `await new Promise((resolve, reject) =>
  send({ host: '${host}', port: 443, path: '/', method: 'POST', headers: { host: '${host}' } }, (answer) => answer.resume().on('end', resolve))
    .on('error', reject).end('{}'))`;

// How version 2 of the AWS SDK, bundles of version 3 in CommonJS, and such in ES modules come by the function.
test.each([
  ['index.js', `exports.handler = async () => { const send = require('https').request; ${sent}; return 1; }`],
  [
    'index.js',
    `const https = require('node:https'); exports.handler = async () => { const send = https.request; ${sent}; return 1; }`,
  ],
  [
    'index.mjs',
    `import { request as send } from 'https'; export const handler = async () => { ${sent}; return 1; }`,
  ],
])(
  'sends requests of an SDK that knows no other endpoint to the local DynamoDB: %s, %s',
  async (file, text) => {
    const lambdas = await openHost([lambdaFunction({ [file]: text })], { environment });

    const result = await lambdas.invoke(arnOf('greet'), {});

    expect(result).toEqual({ kind: 'answer', payload: 1 });
    expect(asked).toEqual([`POST ${host} /`]);
  },
);

test('leaves other requests alone', async () => {
  const text = `const https = require('https');
    exports.handler = () => new Promise((resolve) =>
      https.get('https://127.0.0.1:9/dynamodb.eu-west-1.amazonaws.com').on('error', ({ code }) => resolve(code)));`;
  const lambdas = await openHost([lambdaFunction({ 'index.js': text })], { environment });

  expect(await lambdas.invoke(arnOf('greet'), {})).toEqual({ kind: 'answer', payload: 'ECONNREFUSED' });
  expect(asked).toEqual([]);
});
